// Bundles the browser script and draws the icon sprite into ../wwwroot/dist (git-ignored).
import { build } from 'esbuild';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'wwwroot', 'dist');
await mkdir(out, { recursive: true });

const names = (await readFile(join(here, 'icons.txt'), 'utf8'))
  .split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
const symbols = await Promise.all(names.map(async (name) => {
  const svg = await readFile(join(here, 'node_modules', 'lucide-static', 'icons', `${name}.svg`), 'utf8');
  const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
}));
await writeFile(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);

await build({
  entryPoints: [join(here, 'src', 'ui.js')],
  outfile: join(out, 'ui.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
});
