// Text as the fonts can set it. PDF/A forbids the "missing glyph" box, so what a font lacks is set in another way here,
// never dropped silently: another font, a lowered digit, or the printer's mark for a missing character.

const thinSpace = /[\u2009\u202F]/;
const lowered = '₀₁₂₃₄₅₆₇₈₉';
// The geta mark: what Chinese and Japanese type-setting prints for a character the fount lacks.
const missingMark = '〓';

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

  /** A text as one string, or as runs when parts of it need another size or font. */
  runs(text, { code = false, fontSize } = {}) {
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
    for (const character of text.normalize('NFC')) {
      if (character === '\n') { add(character, plainFont); continue; }
      if (thinSpace.test(character)) {
        // No font here has a thin space: a no-break space at a little over half the size has its width and keeps a number and its unit together.
        flush();
        runs.push({ text: '\u00A0', fontSize: Math.max(2, (fontSize ?? 8) * 0.6) });
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
    return runs.length === 0 ? '' : runs.length === 1 && typeof runs[0] === 'string' ? runs[0] : runs;
  }
}
