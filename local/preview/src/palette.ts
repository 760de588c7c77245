/** Light or dark, as the page stands. */
export type Mode = 'light' | 'dark';

export function mode(): Mode {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

/**
 * Series in an order in which neighbours stay apart for people who see few colours: built on the
 * hues of Okabe and Ito, with contrast of 3:1 against the panel.
 */
const SERIES: Readonly<Record<Mode, readonly string[]>> = {
  light: ['#1f6fb2', '#d97706', '#0f9b8e', '#b0468c', '#5b6b7f', '#7c5cc4', '#a16207', '#3aa0d8'],
  dark: ['#5aa9e6', '#f2a541', '#3fc1b0', '#e083bf', '#9fb0c3', '#ab93ee', '#d6b25e', '#8fd0f5'],
};

/**
 * Hues by Grafana's names and by Okabe and Ito's values, which dashboards write; each in a shade
 * that reads well on a light and on a dark panel.
 */
const HUES: Readonly<Record<string, Readonly<Record<Mode, string>>>> = {
  green: { light: '#0b8a6a', dark: '#35c2a1' },
  red: { light: '#c8471c', dark: '#f2814f' },
  orange: { light: '#cf8a06', dark: '#f2b541' },
  yellow: { light: '#b39b00', dark: '#f0df57' },
  blue: { light: '#1f6fb2', dark: '#5aa9e6' },
  sky: { light: '#4aa8dc', dark: '#8fd0f5' },
  purple: { light: '#b0568f', dark: '#e08fc0' },
  gray: { light: '#8593a1', dark: '#93a1b0' },
};
const OKABE_ITO: Readonly<Record<string, string>> = {
  '#009E73': 'green',
  '#D55E00': 'red',
  '#E69F00': 'orange',
  '#F0E442': 'yellow',
  '#0072B2': 'blue',
  '#56B4E9': 'sky',
  '#CC79A7': 'purple',
  '#8C8C8C': 'gray',
};
const SHADE = /^(?:super-light|light|semi-dark|dark)-/;

/** The colour of the n-th series. */
export function seriesColor(index: number): string {
  const colors = SERIES[mode()];
  return colors[index % colors.length] ?? '#888';
}

/** What a dashboard calls `semi-dark-red`, `#1f6fb2` or `text`, as CSS. */
export function color(name: string): string {
  if (name === 'text' || name === 'transparent') {
    return name === 'text' ? token('--text') : name;
  }
  const hue = OKABE_ITO[name.toUpperCase()] ?? name.replace(SHADE, '');
  return HUES[hue]?.[mode()] ?? name;
}

/** A colour of the page's own, such as `--muted`. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** From little to much. */
export function sequence(reverse: boolean): string[] {
  const steps =
    mode() === 'light'
      ? ['#eef4f9', '#cfe2f0', '#9cc6e2', '#5f9fcb', '#2f75ab', '#174f7f', '#0b3157']
      : ['#16222e', '#1b3a55', '#1f567f', '#2b77ac', '#4a9ad2', '#86c3ec', '#cfe9fb'];
  return reverse ? steps.reverse() : steps;
}

/** The colour at an opacity from 0 to 1. */
export function withAlpha(css: string, alpha: number): string {
  return `color-mix(in srgb, ${css} ${Math.round(alpha * 100)}%, transparent)`;
}

/** The same for a canvas, which mixes no colours: `#rrggbb` with two more digits. */
export function hexAlpha(css: string, alpha: number): string {
  const hex = Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');
  return /^#[0-9a-f]{6}$/i.test(css) ? css + hex : css;
}
