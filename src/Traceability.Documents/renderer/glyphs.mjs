// Text as the fonts can set it. PDF/A forbids the "missing glyph" box, so what a font lacks is set in another way here,
// never dropped silently: another font, a lowered digit, or the printer's mark for a missing character.

const thinSpace = /[\u2009\u202F]/;
const lowered = '₀₁₂₃₄₅₆₇₈₉';
// The geta mark: what Chinese and Japanese type-setting prints for a character the fount lacks.
const missingMark = '〓';
// A short code inside a sentence (a store WH-A3) stays on one line.
const shortCode = /(?<![\w-])(?=[\w-]{3,12}(?![\w-]))((?=[A-Za-z-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)/;
// The Chinese font's curly quotes are as wide as a Chinese character: right in Chinese, holes in English.
const straight = { '‘': "'", '’': "'", '“': '"', '”': '"' };

export class Glyphs {
  #fonts;
  #known = new Map();

  /** @param fonts fontkit fonts by name: { Sans, Mono } */
  constructor(fonts) {
    this.#fonts = fonts;
  }

  #has(font, character) {
    const key = font + character;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#fonts[font].hasGlyphForCodePoint(character.codePointAt(0));
      this.#known.set(key, known);
    }
    return known;
  }

  /** A text as one string, or as runs when parts of it need another size or font, or must not be broken. */
  runs(text, { code = false, fontSize, language } = {}) {
    const normal = text.normalize('NFC');
    const words = language === 'zh-CN' ? normal : normal.replace(/[‘’“”]/g, quote => straight[quote]);
    if (code) return this.#whole(this.#set(words, code, fontSize));
    const runs = words.split(shortCode).flatMap((part, index) =>
      (part === '' ? [] : index % 2 === 1 ? [{ text: this.#whole(this.#set(part, code, fontSize)), noWrap: true }] : this.#set(part, code, fontSize)));
    return this.#whole(runs);
  }

  #whole(runs) {
    return runs.length === 0 ? '' : runs.length === 1 && typeof runs[0] === 'string' ? runs[0] : runs;
  }

  #set(text, code, fontSize) {
    const runs = [];
    let plain = '';
    let plainFont = null;
    const flush = () => {
      if (plain) runs.push(plainFont === 'Mono' ? { text: plain, font: 'Mono' } : plain);
      plain = '';
    };
    const add = (character, font) => {
      if (font !== plainFont) flush();
      plainFont = font;
      plain += character;
    };
    for (const character of text) {
      if (character === '\n') { add(character, plainFont); continue; }
      if (thinSpace.test(character)) {
        // No font here has a thin space: a no-break space at four fifths of the size has its width and keeps a number and its unit together.
        flush();
        runs.push({ text: '\u00A0', fontSize: Math.max(2, (fontSize ?? 8) * 0.8) });
      } else if (code && this.#has('Mono', character)) {
        add(character, 'Mono');
      } else if (this.#has('Sans', character)) {
        add(character, 'Sans');
      } else if (lowered.includes(character)) {
        flush();
        runs.push({ text: String(lowered.indexOf(character)), sub: true });
      } else if (!/\p{C}|\p{M}/u.test(character)) {
        // Control and format characters have no mark of their own; anything else that cannot be set is shown as missing.
        add(missingMark, 'Sans');
      }
    }
    flush();
    return runs;
  }
}
