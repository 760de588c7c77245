import { h } from '../dom';

/** A button whose panel opens below it, and closes on Escape and on a click elsewhere. */
export function menu(
  label: string,
  className: string,
  content: (close: () => void) => HTMLElement,
): { readonly element: HTMLElement; setLabel(text: string): void } {
  const text = h('span', {}, label);
  const button = h('button', { type: 'button', class: 'button', 'aria-expanded': 'false' }, text);
  const element = h('div', { class: `menu ${className}` }, button);
  let popover: HTMLElement | undefined;
  const close = (): void => {
    popover?.remove();
    popover = undefined;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside);
  };
  const outside = (event: Event): void => {
    if (!element.contains(event.target as Node)) {
      close();
    }
  };
  button.addEventListener('click', () => {
    if (popover) {
      close();
      return;
    }
    popover = h('div', { class: 'popover' }, content(close));
    element.append(popover);
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside);
    popover.querySelector<HTMLElement>('input, button')?.focus();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      close();
      button.focus();
    }
  });
  return {
    element,
    setLabel(next) {
      text.textContent = next;
    },
  };
}
