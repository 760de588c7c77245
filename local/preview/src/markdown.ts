import { h } from './dom';

const INLINE = /\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\((\S+?)\)|\*(.+?)\*|_(.+?)_/g;

/** Headings, paragraphs, lists, bold, italics, code and links; anything else stays as written. */
export function markdown(text: string, url: (address: string) => string | undefined): HTMLElement[] {
  return text
    .split(/\n\s*\n|\n(?=#{1,4} )/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => blockOf(block, url));
}

function blockOf(block: string, url: (address: string) => string | undefined): HTMLElement {
  const heading = /^#{1,4} ([^\n]*)(?:\n(.*))?$/s.exec(block);
  if (heading) {
    const title = h('h3', {}, ...inline(heading[1] ?? '', url));
    return heading[2] ? h('div', {}, title, blockOf(heading[2], url)) : title;
  }
  const lines = block.split('\n');
  if (lines.every((line) => /^\s*[-*] /.test(line))) {
    return h('ul', {}, ...lines.map((line) => h('li', {}, ...inline(line.replace(/^\s*[-*] /, ''), url))));
  }
  return h('p', {}, ...inline(lines.join(' '), url));
}

function inline(text: string, url: (address: string) => string | undefined): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(done, match.index));
    const [whole, bold, code, label, address, starred, underlined] = match;
    if (bold) {
      parts.push(h('strong', {}, bold));
    } else if (code) {
      parts.push(h('code', {}, code));
    } else if (label && address) {
      const href = url(address);
      parts.push(href ? h('a', { href }, label) : label);
    } else {
      parts.push(h('em', {}, starred ?? underlined ?? ''));
    }
    done = match.index + whole.length;
  }
  parts.push(text.slice(done));
  return parts;
}
