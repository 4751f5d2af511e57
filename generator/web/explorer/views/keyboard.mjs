// The table is one stop of Tab; arrows move within it.

export function rememberFocus({ active }, event) {
  const tr = event.target.closest("tr");
  const parts = [...tr.querySelectorAll("input, a")];
  active.row = Number(tr.dataset.index);
  active.part = Math.max(0, parts.indexOf(event.target));
}

export function move(page, event) {
  const { rows } = page;
  const tr = event.target.closest("tr");
  const parts = [...tr.querySelectorAll("input, a")];
  const at = parts.indexOf(event.target);
  const index = Number(tr.dataset.index);
  const perPage = Math.max(1, Math.floor(page.scroller.clientHeight / page.rowHeight) - 2);
  const row = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + perPage, PageUp: index - perPage }[event.key]
    ?? (event.ctrlKey && { Home: 0, End: rows.length - 1 }[event.key]);
  if (typeof row === "number") {
    event.preventDefault();
    go(page, Math.min(rows.length - 1, Math.max(0, row)), at);
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    parts[Math.min(parts.length - 1, Math.max(0, at + (event.key === "ArrowRight" ? 1 : -1)))].focus();
  }
}

function go(page, index, part) {
  const { active, place, virtual } = page;
  virtual.scrollToIndex(index, { align: "auto" });
  active.row = index;
  active.part = part;
  let tries = 0;
  const focus = () => {
    page.drawRows();
    const parts = place.querySelectorAll(`.x-grid tr[data-index="${index}"] :is(input, a)`);
    if (parts.length) parts[Math.min(part, parts.length - 1)].focus({ preventScroll: true });
    else if ((tries += 1) < 20) requestAnimationFrame(focus);
  };
  focus();
}
