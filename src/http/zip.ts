/** Zip, for workbooks that come and go. */
export { unzipSync, Zip, ZipDeflate } from 'fflate';
