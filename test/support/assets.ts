/** Fonts and other assets straight from node_modules: tests need no build. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fonts: Record<string, string> = {
  'fonts/noto-sans-sc-regular.ttf': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'fonts/noto-sans-sc-bold.ttf': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  'fonts/noto-sans-regular.ttf': '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  'fonts/noto-sans-bold.ttf': '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  'fonts/noto-sans-jp-regular.ttf': '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  'fonts/noto-sans-hk-regular.ttf': '@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf',
};

export async function readAsset(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const source = fonts[path];
  if (!source) throw new Error(`no asset ${path}`);
  return new Uint8Array(await readFile(require.resolve(source)));
}
