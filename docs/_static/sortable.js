/* Tables of the class "sortable": a button in each heading sorts the rows by its column; pressed again, the other way. */
document.addEventListener("DOMContentLoaded", () => {
  const words = new Intl.Collator("en", { numeric: true }).compare;
  const isNumber = (text) => /^[+-]?\d[\d,]*(\.\d+)?$/.test(text);
  const number = (text) => Number(text.replaceAll(",", ""));

  function sort(table, heading) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, text: row.cells[heading.cellIndex].textContent.trim() }));
    const filled = rows.filter(({ text }) => text);
    const compare = filled.every(({ text }) => isNumber(text)) ? (a, b) => number(a) - number(b) : words;
    const direction = heading.ariaSort === "ascending" ? "descending" : "ascending";
    const sign = direction === "ascending" ? 1 : -1;
    filled.sort((a, b) => sign * compare(a.text, b.text));
    // What is empty stays below, whichever way the rest is sorted.
    body.append(...[...filled, ...rows.filter(({ text }) => !text)].map(({ row }) => row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", direction);
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...(heading.querySelector("p") ?? heading).childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.replaceChildren(button);
    }
  }
});
