/** Table layouts in the tokens the document brings along: hairlines, no vertical rules, no zebra. */
export function tableLayouts({ rule, strong, shade }) {
  const headerRows = node => node.table.headerRows || 0;
  const none = () => 0;
  return {
    // Data: a strong line under the head, hairlines between rows.
    data: {
      hLineWidth: (i, node) => (i === 0 ? 0 : i === headerRows(node) ? 0.8 : 0.4),
      hLineColor: (i, node) => (i === headerRows(node) ? strong : rule),
      vLineWidth: none,
      paddingLeft: () => 3, paddingRight: () => 3, paddingTop: () => 2.6, paddingBottom: () => 2.6,
      // Rows are never broken; pdfmake would still rule off a row that was moved to the next page.
      hLineWhenBroken: false,
    },
    // Facts: label and value side by side, hairlines between them.
    facts: {
      hLineWidth: () => 0.4,
      hLineColor: () => rule,
      vLineWidth: none,
      paddingLeft: i => (i % 2 === 0 ? 0 : 4), paddingRight: () => 8, paddingTop: () => 3.5, paddingBottom: () => 3.5,
    },
    // A quiet box, for what must not be overlooked.
    box: {
      hLineWidth: () => 0.6, hLineColor: () => strong,
      vLineWidth: () => 0.6, vLineColor: () => strong,
      paddingLeft: () => 8, paddingRight: () => 8, paddingTop: () => 6, paddingBottom: () => 6,
      fillColor: () => shade,
    },
    bare: {
      hLineWidth: none, vLineWidth: none,
      paddingLeft: none, paddingRight: none, paddingTop: none, paddingBottom: none,
    },
  };
}
