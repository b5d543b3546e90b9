'use strict';
// Everything is put in as text: a source is not HTML.
const $ = (selector, root = document) => root.querySelector(selector);
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => key === 'click' ? element.addEventListener('click', value) : element.setAttribute(key, value));
  element.append(...children);
  return element;
};
const count = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;

const unpack = async () => {
  const bytes = Uint8Array.from(atob($('#data').textContent), c => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
};

unpack().then(data => {
  const [nav, source, aside, search] = [$('nav'), $('#source'), $('aside'), $('input')];
  let story = null, open = null;
  const storiesAt = (file, line) => file.lines[line] === undefined ? [] : data.sets[file.lines[line]];
  const reachedBy = (file, id) => Object.keys(file.lines).filter(line => storiesAt(file, line).includes(id));
  data.files.forEach(file => {
    file.black = Object.keys(file.lines).length;
    file.all = file.black + file.unreached.length;
    file.whiteLines = new Set(file.white);
  });
  const sum = key => data.files.reduce((n, file) => n + key(file), 0);
  const lines = sum(file => file.all), black = sum(file => file.black), white = sum(file => file.white.length);
  $('#facts').textContent = `${count(data.stories.length - 1, 'story', 'stories')} in ${count(data.jvms, 'JVM')}, ${lines} lines: black box ${(100 * black / lines).toFixed(1)} %, `
    + (white ? `white box ${(100 * white / lines).toFixed(1)} %` : 'white box not measured on these classes (mvn verify)') + `, revision ${data.revision.slice(0, 10)}`;

  const bar = (part, all, kind, y) => {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    Object.entries({ x: 0, y, height: 4, width: all ? 84 * part / all : 0, class: kind }).forEach(([k, v]) => rect.setAttribute(k, v));
    return rect;
  };
  const bars = file => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('width', 84); svg.setAttribute('height', 11);
    svg.append(bar(1, 1, 'empty', 0), bar(file.black, file.all, 'blackbar', 0), bar(1, 1, 'empty', 6), bar(file.white.length, file.all, 'whitebar', 6));
    return make('span', { class: 'bars', title: `black box ${file.black} of ${file.all}, white box ${file.white.length}` }, svg);
  };

  const list = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = name => words.every(word => name.toLowerCase().includes(word));
    const parts = [];
    if (story !== null) parts.push(make('button', { click: () => { story = null; list(); show(open); } }, make('span', {}, `× ${data.stories[story]}`), make('span', {}, 'all stories')));
    let module = '';
    data.files.filter(file => wanted(file.path) && (story === null || reachedBy(file, story).length)).forEach(file => {
      const name = file.path.split('/')[0];
      if (name !== module) parts.push(make('h2', {}, module = name));
      const button = make('button', { click: () => show(file), title: file.path }, make('span', {}, file.path.split('/').pop().replace('.java', '')),
        story === null ? bars(file) : make('span', {}, count(reachedBy(file, story).length, 'line')));
      if (file === open) button.setAttribute('aria-current', 'true');
      parts.push(button);
    });
    if (words.length) {
      parts.push(make('h2', {}, 'stories'));
      data.stories.forEach((name, id) => { if (wanted(name)) parts.push(make('button', { click: () => pick(id), title: name }, make('span', {}, name), make('span', {}))); });
    }
    nav.replaceChildren(...parts);
  };

  const tell = (file, line) => {
    const ids = storiesAt(file, line);
    aside.replaceChildren(make('h2', {}, `line ${line}`), make('p', {}, ids.length ? `Reached by ${count(ids.length, 'story', 'stories')}.` : 'No story reaches it.',
      file.whiteLines.has(line) ? ' Unit tests, or stories in one JVM, reach it.' : ''),
      ...ids.map(id => make('button', { click: () => pick(id) }, data.stories[id])));
  };
  const pick = id => {
    story = id;
    aside.replaceChildren(make('h2', {}, 'story'), make('p', {}, data.stories[id]), make('small', {}, `${count(sum(file => reachedBy(file, id).length), 'line')} in ${count(data.files.filter(file => reachedBy(file, id).length).length, 'file')}`));
    list();
    show(open);
  };
  const show = file => {
    open = file;
    if (!file) { source.replaceChildren(make('p', { class: 'hint' }, 'Choose a file to see which stories prove each of its lines, or search for a story to see what it reaches. Blue: stories, from outside. Green: unit tests, from inside. Red: no story.')); return; }
    const missed = new Set(file.unreached);
    const rows = file.text.split('\n').map((text, index) => {
      const line = index + 1, ids = storiesAt(file, line);
      const row = make('div', { class: 'line' }, make('i', {}, String(line)),
        ids.length ? make('button', { click: () => tell(file, line), title: count(ids.length, 'story', 'stories') }, ids.includes(0) ? 'start' : String(ids.length)) : make('b', {}, missed.has(line) ? '0' : ''),
        make('u', { title: file.whiteLines.has(line) ? 'white box' : '' }, file.whiteLines.has(line) ? '●' : ''), make('code', {}, text));
      if (missed.has(line)) row.classList.add('no');
      if (story !== null && ids.includes(story)) row.classList.add('on');
      return row;
    });
    source.replaceChildren(make('div', { class: 'title' }, file.path), ...rows);
    const first = $('.on', source);
    first ? first.scrollIntoView({ block: 'center' }) : source.scrollTo(0, 0);
    list();
  };
  search.addEventListener('input', list);
  document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); search.focus(); }
    if (event.key === 'Escape') { search.value = ''; story = null; list(); show(open); }
  });
  const wanted = decodeURIComponent(location.hash.slice(1));
  list();
  show(data.files.find(file => wanted && file.path.endsWith(wanted)) || null);
});
