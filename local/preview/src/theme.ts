import type { Mode } from './palette';

const KEY = 'tidewatch.theme';

document.documentElement.dataset['theme'] = currentTheme();

/** What was chosen, else what the system prefers. */
export function currentTheme(): Mode {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') {
    return chosen;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function switchTheme(): void {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, next);
  document.documentElement.dataset['theme'] = next;
}
