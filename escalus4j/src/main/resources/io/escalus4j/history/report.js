
'use strict';
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

all('.tools').forEach(tools => { tools.hidden = false; });
all('button[data-do]').forEach(button => button.addEventListener('click', () =>
  all('details.row, details.group').forEach(row => { row.open = button.dataset.do === 'open'; })));

// beside the diagram: the stanza of the line under the pointer
all('.inspector').forEach(inspector => {
  inspector.hidden = false;
  const show = row => inspector.replaceChildren(...all('.detail', row).map(detail => detail.cloneNode(true)));
  all('details.row').forEach(row => {
    row.addEventListener('mouseenter', () => show(row));
    row.addEventListener('focusin', () => show(row));
  });
});

// the overview: only the stories with these words
all('input[type=search]').forEach(input => input.addEventListener('input', () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
  all('.group').forEach(group => {
    all('[data-name]', group).forEach(row => { row.hidden = !words.every(word => row.dataset.name.includes(word)); });
    const found = all('[data-name]:not([hidden])', group).length > 0;
    group.hidden = !found;
    if (words.length && found) group.open = true;
  });
}));
