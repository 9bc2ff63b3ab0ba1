// What a document may contain is a list of what is allowed, not of what is forbidden: pdfmake can read files and fetch
// addresses in several places, and new ones come with new versions. None of their keys are on the list.

export class Refused extends Error {
  constructor(message) {
    super(message);
    this.code = 'refused';
  }
}

const dataImage = /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/;
const colour = /^#[0-9A-Fa-f]{6}$/;
const name = /^[A-Za-z][A-Za-z0-9_-]*$/;

const isText = value => typeof value === 'string';
const isNumber = value => typeof value === 'number' && Number.isFinite(value);
const isFlag = value => typeof value === 'boolean';
const matches = pattern => value => isText(value) && pattern.test(value);
const oneOf = (...values) => value => values.includes(value);
const listOf = test => value => Array.isArray(value) && value.every(test);
const isLength = value => isNumber(value) || value === '*' || value === 'auto' || matches(/^\d+(\.\d+)?%$/)(value);
const isMargin = value => isNumber(value) || (listOf(isNumber)(value) && (value.length === 2 || value.length === 4));

const styleKeys = {
  font: matches(name), fontSize: isNumber, bold: isFlag, color: matches(colour), alignment: oneOf('left', 'right', 'center'),
  lineHeight: isNumber, margin: isMargin, noWrap: isFlag, characterSpacing: isNumber, sub: isFlag,
  fillColor: matches(colour), verticalAlignment: oneOf('top', 'middle', 'bottom'), border: listOf(isFlag),
};

const nodeKeys = {
  ...styleKeys,
  style: value => matches(name)(value) || listOf(matches(name))(value),
  tag: matches(/^(H[1-6]|P|Caption|Span|Artifact)$/), outline: isFlag, code: isFlag,
  colSpan: isNumber, rowSpan: isNumber, width: isLength, height: isNumber, columnGap: isNumber,
  unbreakable: isFlag, keepWithNext: isFlag, pageBreak: oneOf('before', 'after'), alt: isText, rowHeader: isFlag,
  image: matches(dataImage),
  fit: value => listOf(isNumber)(value) && value.length === 2,
};

const rootKeys = {
  title: isText, subject: isText, author: isText, language: matches(/^[a-z]{2}(-[A-Z]{2})?$/), created: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
  pageSize: value => value === 'A4' || (isNumber(value?.width) && isNumber(value?.height)),
  pageMargins: isMargin, tokens: value => Object.values(value).every(matches(colour)),
};

const canvasKeys = {
  type: oneOf('line', 'rect', 'ellipse'), x: isNumber, y: isNumber, w: isNumber, h: isNumber, r: isNumber, r1: isNumber,
  r2: isNumber, x1: isNumber, x2: isNumber, y1: isNumber, y2: isNumber, lineWidth: isNumber, color: matches(colour), lineColor: matches(colour),
};

const barcodeKeys = { type: oneOf('qrcode', 'datamatrix', 'gs1datamatrix', 'gs1-128', 'code128'), text: isText, size: isNumber, height: isNumber };

const fileKeys = { name: matches(/^[\w.-]+$/), type: matches(/^[\w.+-]+\/[\w.+-]+$/), description: isText, content: matches(/^[A-Za-z0-9+/]*=*$/) };

function check(value, keys, path, special = {}) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Refused(`${path} must be an object.`);
  for (const [key, inner] of Object.entries(value)) {
    if (Object.hasOwn(special, key)) special[key](inner, `${path}.${key}`);
    else if (!Object.hasOwn(keys, key)) throw new Refused(`${path}.${key} is not a thing a document may contain.`);
    else if (!keys[key](inner)) throw new Refused(`${path}.${key} has a value that is not allowed.`);
  }
}

function each(values, path, test) {
  if (!Array.isArray(values)) throw new Refused(`${path} must be a list.`);
  values.forEach((value, index) => test(value, `${path}[${index}]`));
}

function checkTable(table, path) {
  check(table, { headerRows: isNumber, keepWithHeaderRows: isNumber, dontBreakRows: isFlag, widths: listOf(isLength), heights: value => isNumber(value) || listOf(isNumber)(value) }, path, {
    body: (rows, at) => each(rows, at, (row, rowAt) => each(row, rowAt, checkNode)),
  });
}

function checkNode(node, path) {
  if (isText(node)) return;
  if (Array.isArray(node)) { each(node, path, checkNode); return; }
  check(node, nodeKeys, path, {
    text: (value, at) => { if (!isText(value)) each(value, at, checkNode); },
    stack: (value, at) => each(value, at, checkNode),
    columns: (value, at) => each(value, at, checkNode),
    table: checkTable,
    layout: (value, at) => { if (!matches(name)(value)) throw new Refused(`${at} must be the name of a layout.`); },
    canvas: (value, at) => each(value, at, (vector, vectorAt) => check(vector, canvasKeys, vectorAt)),
    barcode: (value, at) => check(value, barcodeKeys, at),
  });
}

/** Throws Refused when the document holds anything but text, tables, lines, barcodes and images carried inside it. */
export function validate(document) {
  check(document, rootKeys, 'document', {
    content: checkNode,
    header: checkNode,
    footer: checkNode,
    styles: (styles, at) => { for (const [key, style] of Object.entries(styles)) check(style, styleKeys, `${at}.${key}`); },
    defaultStyle: (style, at) => check(style, styleKeys, at),
    files: (files, at) => each(files, at, (file, fileAt) => check(file, fileKeys, fileAt)),
  });
}
