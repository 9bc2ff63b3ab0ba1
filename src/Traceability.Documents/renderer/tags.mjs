/**
 * One element of the document's logical structure (heading, paragraph, table cell …). pdfmake lays text out but leaves a
 * PDF untagged; these are built beside its nodes, and what it draws is assigned to them while it is drawn.
 */
export class Tag {
  constructor(type, { alt, scope } = {}) {
    this.type = type;
    this.alt = alt;
    this.scope = scope;
    this.children = [];
    /** First page the laid out text stands on, counted from 0. */
    this.page = null;
    this.drawnOn = null;
    this.element = null;
  }

  add(child) {
    this.children.push(child);
    return child;
  }

  /** First page of the element or of anything in it; null when nothing of it was laid out. */
  firstPage() {
    let first = this.page;
    for (const child of this.children) {
      const page = child.firstPage();
      if (page !== null && (first === null || page < first)) first = page;
    }
    return first;
  }

  /** Creates the PDF's structure elements for this one and everything in it. */
  create(pdf) {
    this.element = pdf.struct(this.type, { ...(this.alt ? { alt: this.alt } : {}), ...(this.scope ? { scope: this.scope } : {}) });
    for (const child of this.children) this.element.add(child.create(pdf));
    return this.element;
  }
}

/** Notes on every tag the first page its text was laid out on. */
export function notePages(pages) {
  pages.forEach((page, index) => {
    for (const { item } of page.items) {
      if (item?.tagElement && item.tagElement.page === null) item.tagElement.page = index;
    }
  });
}
