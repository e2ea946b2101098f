/** What pdf.js counts on and Chrome 90 or Safari 15 lack. Loaded on the reading page and in its worker only. */
import 'core-js/actual/array/at';
import 'core-js/actual/array/find-last';
import 'core-js/actual/array/find-last-index';
import 'core-js/actual/object/has-own';
import 'core-js/actual/string/at';
import 'core-js/actual/structured-clone';
import 'core-js/actual/typed-array/at';
import 'core-js/actual/typed-array/find-last';
