import { barcodeSvg } from './barcode.mjs';
import { Tag } from './tags.mjs';

// Tables in these layouts only place things; a reader of the structure sees their content, not a table.
const placing = new Set(['bare', 'box']);

/**
 * Turns the document of the request into pdfmake's nodes: texts become runs the fonts can set, barcodes become drawings,
 * every visible thing gets its place in the logical structure, and page breaks found necessary by an earlier layout are set.
 */
export class Preparation {
  #glyphs;
  #styles;
  #language;
  #defaultSize;
  #breaks;
  #section;
  root = new Tag('Document');
  /** Runs of neighbours that must start on one page: a heading and what follows it. */
  chains = [];
  tables = [];

  constructor(glyphs, { styles = {}, defaultStyle = {}, language }, breaks) {
    this.#glyphs = glyphs;
    this.#styles = styles;
    this.#language = language;
    this.#defaultSize = defaultStyle.fontSize;
    this.#breaks = breaks;
  }

  content(nodes) {
    return this.#stack(nodes, null);
  }

  /** Page heads and feet: set like everything else but no part of the structure. */
  pagination(node) {
    return this.#node(node, 'none');
  }

  #stack(nodes, parent) {
    const prepared = [];
    let chain = [];
    for (const node of nodes) {
      if (parent === null && (!this.#section || /^H[1-6]$/.test(node.tag ?? ''))) this.#section = this.root.add(new Tag('Sect'));
      const made = this.#node(node, parent ?? this.#section);
      prepared.push(made);
      chain.push(made);
      if (!node.keepWithNext) {
        this.#close(chain, parent);
        chain = [];
      }
    }
    this.#close(chain, parent);
    return prepared;
  }

  #close(chain, parent) {
    if (chain.length < 2 || parent !== null) return;
    const key = `c${this.chains.length}`;
    this.chains.push({ key, tags: chain.map(node => node.ownTag).filter(tag => tag) });
    if (!this.#breaks.has(key)) return;
    chain[0].pageBreak = 'before';
    // The distance to what stood above is not wanted at the top of a page.
    if (Array.isArray(chain[0].margin) && chain[0].margin.length === 4) chain[0].margin[1] = 0;
  }

  #node(source, parent) {
    if (typeof source === 'string') source = { text: source };
    if (Array.isArray(source)) source = { stack: source };
    const { tag, alt, code, keepWithNext, rowHeader, ...node } = source;
    if (node.barcode) return this.#barcode(node, alt, parent);
    if (node.image) return this.#draw(node, alt, parent);
    if (node.table) return this.#table(node, parent);
    if (node.columns) {
      node.columns = node.columns.map(column => this.#node(column, parent));
      return node;
    }
    if (node.stack) {
      node.stack = parent === 'none' ? node.stack.map(child => this.#node(child, parent)) : this.#stack(node.stack, parent);
      return node;
    }
    if (node.text !== undefined) return this.#text(node, tag, code, parent);
    return node;
  }

  #text(node, tag, code, parent) {
    node.text = this.#runs(node.text, { code, fontSize: this.#sizeOf(node) ?? this.#defaultSize, language: this.#language });
    if (parent === 'none' || tag === 'Artifact') return node;
    node.tagElement = parent.type === 'TH' || parent.type === 'TD' ? parent : parent.add(new Tag(tag ?? 'P'));
    node.ownTag = node.tagElement;
    return node;
  }

  #runs(text, context) {
    if (typeof text === 'string') return this.#glyphs.runs(text, context);
    return text.map(run => {
      if (typeof run === 'string') return { text: this.#glyphs.runs(run, context) };
      const { code, tag, ...rest } = run;
      return { ...rest, text: this.#runs(run.text, { ...context, code: code ?? context.code, fontSize: this.#sizeOf(run) ?? context.fontSize }) };
    });
  }

  #sizeOf(node) {
    if (node.fontSize) return node.fontSize;
    for (const style of [node.style ?? []].flat()) {
      if (this.#styles[style]?.fontSize) return this.#styles[style].fontSize;
    }
    return undefined;
  }

  #barcode(node, alt, parent) {
    const { barcode, ...rest } = node;
    return this.#draw({ ...rest, ...barcodeSvg(barcode) }, alt, parent);
  }

  #draw(node, alt, parent) {
    if (parent !== 'none') {
      node.tagElement = parent.add(new Tag('Figure', { alt: alt ?? '' }));
      node.ownTag = node.tagElement;
    }
    return node;
  }

  #table(node, parent) {
    const { table } = node;
    if (parent === 'none' || placing.has(node.layout)) {
      table.body = table.body.map(row => row.map(cell => this.#node(cell, parent)));
      return node;
    }
    const key = `t${this.tables.length}`;
    const tableTag = parent.add(new Tag('Table'));
    const rows = [];
    this.tables.push({ key, rows, headerRows: table.headerRows ?? 0 });
    node.ownTag = tableTag;
    let group = null;
    table.body = table.body.map((cells, index) => {
      const head = index < (table.headerRows ?? 0);
      const groupType = head ? 'THead' : 'TBody';
      if (group?.type !== groupType) group = tableTag.add(new Tag(groupType));
      const row = group.add(new Tag('TR'));
      rows.push(row);
      const prepared = cells.map(cell => this.#cell(cell, row, head));
      if (this.#breaks.has(`${key}r${index}`)) for (const cell of prepared) cell.pageBreak = 'before';
      return prepared;
    });
    return node;
  }

  #cell(source, row, head) {
    // pdfmake wants a place holder for every column a spanning cell covers; it is no cell of the structure.
    if (typeof source === 'object' && !Array.isArray(source) && Object.keys(source).length === 0) return {};
    const header = head || source.rowHeader === true;
    const cell = row.add(new Tag(header ? 'TH' : 'TD', header ? { scope: head ? 'Column' : 'Row' } : {}));
    return this.#node(source, cell);
  }
}
