import layoutBuilderModule from 'pdfmake/js/LayoutBuilder.js';
import documentModule from 'pdfmake/js/PDFDocument.js';
import rendererModule from 'pdfmake/js/Renderer.js';

const escapeXml = text => text.replace(/[<>&'"]/g, character => `&#${character.charCodeAt(0)};`);

/** pdfmake's document, with well-formed metadata and both fonts on one base line. */
export class TaggedDocument extends documentModule.default {
  provideFont(family, bold, italics) {
    const font = super.provideFont(family, bold, italics);
    if (family === 'Mono') {
      // A code beside a name, in the next cell or the same line, is to stand on the same base line.
      const { ascender, descender, lineGap } = super.provideFont('Sans', bold, italics);
      Object.assign(font, { ascender, descender, lineGap });
    }
    return font;
  }

  endMetadata() {
    // Whatever a product or a person is called: by now the information dictionary is written; what remains is the XMP, which pdfkit fills in without escaping.
    this.info = Object.fromEntries(Object.entries(this.info).map(([key, value]) => [key, typeof value === 'string' || value instanceof String ? escapeXml(String(value)) : value]));
    super.endMetadata();
  }
}

/** pdfmake's layout, with every line of text remembering the structure element it belongs to. */
export class TaggedLayout extends layoutBuilderModule.default {
  buildNextLine(node) {
    const line = super.buildNextLine(node);
    if (line && node.tagElement) line.tagElement = node.tagElement;
    return line;
  }
}

/** pdfmake's drawing, with everything drawn marked as a part of the structure or as decoration. */
export class TaggedRenderer extends rendererModule.default {
  #marked(tag, draw) {
    const pdf = this.pdfDocument;
    // A repeated table head is pagination: a reader is to hear it once.
    const repeated = tag?.type === 'TH' && tag.scope === 'Column' && tag.drawnOn !== null && tag.drawnOn !== pdf.page;
    if (!tag || repeated) {
      pdf.markContent('Artifact', { type: tag ? 'Pagination' : 'Layout' });
    } else {
      tag.drawnOn ??= pdf.page;
      tag.element.add(pdf.markStructureContent(tag.type));
    }
    draw();
    pdf.endMarkedContent();
  }

  renderLine(line, x, y) {
    this.#marked(line.tagElement, () => super.renderLine(line, x, y));
  }

  renderVector(vector) {
    this.#marked(null, () => super.renderVector(vector));
  }

  renderSVG(svg) {
    this.#figure(svg, () => super.renderSVG(svg));
  }

  renderImage(image) {
    this.#figure(image, () => super.renderImage(image));
  }

  #figure(item, draw) {
    if (item.tagElement) {
      const { height } = this.pdfDocument.page;
      item.tagElement.element.dictionary.data.A = {
        O: 'Layout', Placement: 'Block', BBox: [item.x, height - item.y - item._height, item.x + item._width, height - item.y],
      };
    }
    this.#marked(item.tagElement, draw);
  }
}
