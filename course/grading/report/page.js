// Lets the table of students be sorted by its headings and searched; without it the page lacks nothing else.
"use strict";
(() => {
  const table = document.getElementById("class"), body = table.tBodies[0];
  const value = (row, place) => {
    const cell = row.cells[place], text = cell.dataset.v ?? cell.textContent.replace("−", "-");
    const number = parseFloat(text);
    return Number.isNaN(number) ? (place ? -Infinity : text) : number;
  };
  const compared = (one, other) => typeof one === "number" && typeof other === "number"
    ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
  [...table.tHead.rows[0].cells].forEach((heading, place) => {
    if (heading.textContent.startsWith("what went")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [value(row, place), row]);
      rows.sort((one, other) => (down ? -1 : 1) * compared(one[0], other[0]));
      body.append(...rows.map((pair) => pair[1]));
    });
  });
  const find = document.getElementById("find");
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const row of body.rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
  });
  document.getElementById("finding").hidden = false;
})();
