import bwip from 'bwip-js';

/** A barcode as an SVG of its own making: one path, no references. */
export function barcodeSvg({ type, text, size, height }) {
  const linear = type === 'gs1-128' || type === 'code128';
  const svg = bwip.toSVG({
    bcid: type,
    text,
    ...(type === 'qrcode' ? { eclevel: 'M' } : {}),
    ...(linear ? { height: (height ?? 30) / 2.835, includetext: false } : {}),
    paddingwidth: 0,
    paddingheight: 0,
  });
  const [, width, boxHeight] = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg).map(Number);
  const scale = size / width;
  return { svg, width: size, height: linear && height ? height : boxHeight * scale };
}
