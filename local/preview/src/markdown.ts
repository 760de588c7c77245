import { h } from './dom';

const INLINE = /\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\((\S+?)\)|\*(.+?)\*|_(.+?)_/g;

/** Headings, paragraphs, lists, code, bold, italics and links; anything else stays as written. */
export function markdown(text: string, url: (address: string) => string | undefined): HTMLElement[] {
  return text.split(/^```[^\n]*\n/m).flatMap((part, index) =>
    index % 2 === 1 ? [h('pre', {}, h('code', {}, part.trimEnd()))] : blocks(part, url),
  );
}

function blocks(text: string, url: (address: string) => string | undefined): HTMLElement[] {
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
  if (/^[-*] /.test(block)) {
    const items = block.split(/^[-*] /m).slice(1);
    return h('ul', {}, ...items.map((item) => h('li', {}, ...inline(item.trim(), url))));
  }
  return h('p', {}, ...inline(block, url));
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
