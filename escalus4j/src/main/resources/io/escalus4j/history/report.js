'use strict';
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const one = selector => document.querySelector(selector);

// ---- a story: its rows open and close, and the stanza of the line under the pointer or the focus stands beside them
const dress = root => {
  all('.tools', root).forEach(tools => { tools.hidden = false; });
  all('button[data-do]', root).forEach(button => button.addEventListener('click', () =>
    all('details.row, details.group', root).forEach(row => { row.open = button.dataset.do === 'open'; })));
  all('.inspector', root).forEach(inspector => {
    inspector.hidden = false;
    const show = row => inspector.replaceChildren(...all('.detail', row).map(detail => detail.cloneNode(true)));
    all('details.row', root).forEach(row => {
      row.addEventListener('mouseenter', () => show(row));
      row.addEventListener('focusin', () => show(row));
    });
  });
  all('a[href^="#failure"]', root).forEach(link => link.addEventListener('click', event => {
    event.preventDefault();
    one('#failure')?.scrollIntoView({ block: 'center' });
  }));
};
dress(document);

// ---- the overview: only the stories with these words and of these outcomes
const search = one('input[type=search]');
const hidden = new Set();
const filter = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = row => words.every(word => row.dataset.name.includes(word)) && ![...hidden].some(outcome => row.classList.contains(outcome));
  all('[data-name]').forEach(row => { row.hidden = !wanted(row); });
  all('.group').forEach(group => {
    const found = all('[data-name]:not([hidden])', group).length > 0;
    group.hidden = !found;
    if (words.length && found) group.open = true;
  });
};
search?.addEventListener('input', filter);
all('button[data-outcome]').forEach(button => button.addEventListener('click', () => {
  const on = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(on));
  on ? hidden.delete(button.dataset.outcome) : hidden.add(button.dataset.outcome);
  filter();
}));

// ---- stories within the overview: each is packed, and unpacked when somebody wants to see it
const stage = one('#stage');
if (stage && 'DecompressionStream' in window) {
  const overview = one('#overview');
  const packed = id => document.getElementById('p-' + id);
  const order = [...new Set(all('a[data-story]').map(link => link.dataset.story))].filter(packed);
  let came = 0;
  const unpack = async text => new Response(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))]).stream()
    .pipeThrough(new DecompressionStream('gzip'))).text();
  const current = () => decodeURIComponent(location.hash).replace(/^#story=/, '#').slice(1);
  const isStory = id => location.hash.startsWith('#story=') && packed(id);
  const show = async () => {
    const id = current();
    if (!isStory(id)) {
      const back = !stage.hidden;
      stage.hidden = true; overview.hidden = false; stage.replaceChildren();
      if (back) window.scrollTo(0, came);
      return;
    }
    if (!overview.hidden) came = window.scrollY;
    // every character of it was escaped where it was written, and the policy of the page runs no script that came with it
    const html = await unpack(packed(id).textContent);
    if (current() !== id) return;
    stage.innerHTML = html;
    const at = order.indexOf(id);
    const step = (by, words) => {
      const link = document.createElement(order[at + by] ? 'a' : 'span');
      if (order[at + by]) link.href = '#story=' + encodeURIComponent(order[at + by]);
      link.textContent = words;
      return link;
    };
    const bar = document.createElement('nav');
    bar.className = 'bar-top';
    const home = document.createElement('a');
    home.href = '#'; home.textContent = '← all stories';
    const place = document.createElement('span');
    place.textContent = `${at + 1} of ${order.length}`;
    bar.append(home, place, step(-1, '↑ before (k)'), step(1, '↓ next (j)'));
    stage.prepend(bar);
    overview.hidden = true; stage.hidden = false;
    dress(stage);
    window.scrollTo(0, 0);
    stage.focus({ preventScroll: true });
  };
  all('a[data-story]').forEach(link => { if (packed(link.dataset.story)) link.href = '#story=' + encodeURIComponent(link.dataset.story); });
  window.addEventListener('hashchange', show);
  const go = id => { if (id) location.hash = '#story=' + encodeURIComponent(id); };
  const failed = [...new Set(all('.failed a[data-story]').map(link => link.dataset.story))].filter(packed);
  const help = one('#keys');
  const keys = {
    j: () => go(isStory(current()) ? order[order.indexOf(current()) + 1] : order[0]),
    k: () => go(order[order.indexOf(current()) - 1]),
    f: () => go(failed[(failed.indexOf(current()) + 1) % failed.length]),
    '/': () => { location.hash = '#'; search.focus(); },
    '?': () => { help.hidden = !help.hidden; },
    Escape: () => { if (!help.hidden) help.hidden = true; else if (isStory(current())) location.hash = '#'; else { search.value = ''; filter(); search.blur(); } },
  };
  document.addEventListener('keydown', event => {
    const typing = document.activeElement === search && event.key !== 'Escape';
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  show();
}
