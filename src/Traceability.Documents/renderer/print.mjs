import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import pageSizeModule from 'pdfmake/js/PageSize.js';
import svgMeasureModule from 'pdfmake/js/SVGMeasure.js';
import { tableLayouts as builtInLayouts } from 'pdfmake/js/tableLayouts.js';
import { Glyphs } from './glyphs.mjs';
import { tableLayouts } from './layouts.mjs';
import { Preparation } from './prepare.mjs';
import { TaggedDocument, TaggedLayout, TaggedRenderer } from './tagged.mjs';
import { notePages } from './tags.mjs';

const fontFile = path => readFileSync(new URL(`./node_modules/@expo-google-fonts/${path}`, import.meta.url));

const fonts = {
  Sans: {
    normal: fontFile('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    bold: fontFile('noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'),
  },
  Mono: {
    normal: fontFile('noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf'),
    bold: fontFile('noto-sans-mono/600SemiBold/NotoSansMono_600SemiBold.ttf'),
  },
};

const glyphs = new Glyphs({ Sans: fontkit.create(fonts.Sans.normal), Mono: fontkit.create(fonts.Mono.normal) });

// Each pass can move one block to the next page and with it everything behind it; a dossier settles after a few.
const maximumPasses = 24;

/** Sets the document and returns { pdf: Buffer, pages: number, passes: number }. */
export async function print(json) {
  const definition = JSON.parse(json);
  const pdf = openDocument(definition);
  const { pages, tags, passes } = paginate(json, pdf);
  pdf.addStructure(tags.create(pdf));
  new TaggedRenderer(pdf).renderPages(pages);
  return { pdf: await collect(pdf), pages: pages.length, passes };
}

function openDocument({ title, subject, author, language, created, pageSize, files = [] }) {
  const createdAt = new Date(created);
  const size = pageSizeModule.normalizePageSize(pageSize);
  const pdf = new TaggedDocument(fonts, {}, {}, {}, {
    size: [size.width, size.height],
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: language,
    autoFirstPage: false,
    font: null,
    // The dates are the dossier's: the identifier pdfkit derives from them and the whole file are then the same every time.
    info: { ...written({ Title: title, Subject: subject, Author: author }), Creator: 'Traceability', Producer: 'pdfmake', CreationDate: createdAt },
  }, null, () => false);
  for (const { name, type, description, content } of files) {
    pdf.file(Buffer.from(content, 'base64'), { name, type, description, relationship: 'Data', creationDate: createdAt, modifiedDate: createdAt });
  }
  return pdf;
}

/** Lays out until no heading is parted from what it heads and no table leaves a single row behind. */
function paginate(json, pdf) {
  const breaks = new Set();
  for (let passes = 1; ; passes++) {
    // pdfmake changes the nodes it lays out: every pass starts from a fresh copy.
    const definition = JSON.parse(json);
    const preparation = new Preparation(glyphs, definition, breaks);
    const layout = new TaggedLayout(pageSizeModule.normalizePageSize(definition.pageSize), pageSizeModule.normalizePageMargin(definition.pageMargins ?? 40), new svgMeasureModule.default());
    layout.registerTableLayouts(builtInLayouts);
    layout.registerTableLayouts(tableLayouts(definition.tokens ?? {}));
    const running = (part, from) => (page, pages) => (part === undefined || page < from ? null : fill(preparation, part, page, pages));
    const pages = layout.layoutDocument({ stack: preparation.content(definition.content) }, pdf, definition.styles ?? {}, definition.defaultStyle ?? { font: 'Sans', fontSize: 9 },
      null, running(definition.header, 2), running(definition.footer, 1), null);
    notePages(pages);
    const missing = passes < maximumPasses ? findBreak(preparation, breaks) : null;
    if (missing === null) return { pages, tags: preparation.root, passes };
    breaks.add(missing);
  }
}

// Characters of the private use area stand for the page number and their count: no fact can be mistaken for them.
function fill(preparation, part, page, pages) {
  return preparation.pagination(JSON.parse(JSON.stringify(part).replaceAll('\uE000', page).replaceAll('\uE001', pages)));
}

/** Metadata that is there, without the control characters XML cannot hold. */
function written(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value).map(([key, value]) => [key, value.replace(/\p{Cc}/gu, ' ')]));
}

/** The first place, in reading order, where a page break is needed and not yet set; null when all is well. */
function findBreak({ chains, tables }, breaks) {
  const candidates = [];
  for (const { key, tags } of chains) {
    const pages = tags.map(tag => tag.firstPage()).filter(page => page !== null);
    if (!breaks.has(key) && pages.some(page => page !== pages[0])) candidates.push({ key, page: pages[0] });
  }
  for (const { key, rows, headerRows } of tables) {
    const last = rows.length - 1;
    if (last - headerRows < 3) continue;
    const [before, page] = [rows[last - 1].firstPage(), rows[last].firstPage()];
    const at = `${key}r${last - 1}`;
    if (!breaks.has(at) && page !== null && before !== null && page > before) candidates.push({ key: at, page });
  }
  candidates.sort((a, b) => a.page - b.page);
  return candidates[0]?.key ?? null;
}

function collect(pdf) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    pdf.on('data', chunk => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    pdf.end();
  });
}
