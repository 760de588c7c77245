import '@fontsource-variable/inter/wght.css';
import './style.css';
import { AlertsPage } from './alerts/alerts-page';
import { alerts } from './alerts/alert';
import * as api from './api';
import { h } from './dom';
import { DashboardPage } from './page/dashboard-page';
import type { Page } from './page/page';
import { RunbookPage } from './page/runbook-page';
import { currentTheme, switchTheme } from './theme';

const place = document.querySelector<HTMLElement>('#app')!;
const navigation = h('nav', { 'aria-label': 'Dashboards' });
const badge = h('span', { class: 'badge', hidden: true });
const themeButton = h('button', {
  type: 'button',
  class: 'button quiet',
  onclick: () => {
    switchTheme();
    labelTheme();
    page?.restyle();
  },
});
let page: Page | undefined;

function labelTheme(): void {
  const other = currentTheme() === 'dark' ? 'light' : 'dark';
  themeButton.textContent = other === 'light' ? '☀' : '☾';
  themeButton.title = `Switch to ${other}`;
  themeButton.setAttribute('aria-label', themeButton.title);
}

function countFiring(firing: number): void {
  badge.textContent = String(firing);
  badge.hidden = firing === 0;
}

async function route(summaries: readonly api.DashboardSummary[]): Promise<void> {
  const [, kind, id, name] = location.pathname.split('/');
  page?.stop();
  navigation.replaceChildren(...tabs(summaries));
  const tab = navigation.querySelector<HTMLElement>('[aria-current]');
  navigation.scrollLeft = (tab?.offsetLeft ?? 0) - navigation.offsetLeft - 24;
  try {
    page =
      kind === 'public'
        ? new RunbookPage((name ?? '').replace(/\.md$/, ''))
        : await pageOf(kind ?? '', id, summaries);
  } catch (error) {
    page = undefined;
    place.querySelector('main')?.replaceWith(message((error as Error).message));
    return;
  }
  document.title = `${page.title} – Tidewatch`;
  place.querySelector('main')?.replaceWith(page.element);
  await page.start();
}

async function pageOf(
  kind: string,
  id: string | undefined,
  summaries: readonly api.DashboardSummary[],
): Promise<Page> {
  if (kind === 'alerts') {
    return new AlertsPage(id, countFiring);
  }
  const uid = kind === 'd' ? id : summaries[0]?.uid;
  if (!uid) {
    throw new Error('There is no dashboard: docker/grafana/dashboards is empty.');
  }
  return new DashboardPage(await api.dashboard(uid), new URLSearchParams(location.search));
}

function tabs(summaries: readonly api.DashboardSummary[]): HTMLElement[] {
  const time = new URLSearchParams(location.search);
  const kept = new URLSearchParams([...time].filter(([name]) => name === 'from' || name === 'to'));
  const query = kept.size > 0 ? `?${kept}` : '';
  const path = location.pathname === '/' ? `/d/${summaries[0]?.uid}` : location.pathname;
  const tab = (href: string, ...content: (Node | string)[]): HTMLElement =>
    h('a', { href: href + query, 'aria-current': path.startsWith(href) ? 'page' : undefined }, ...content);
  return [
    ...summaries.map(({ uid, title }) => tab(`/d/${encodeURIComponent(uid)}`, title)),
    tab('/alerts', 'Alerts', badge),
  ];
}

function message(text: string): HTMLElement {
  return h('main', {}, h('p', { class: 'message' }, text));
}

/** Links within the preview change the page without loading it anew. */
function followLinks(summaries: readonly api.DashboardSummary[]): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a');
    const plain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey;
    if (!link || !plain || link.target === '_blank' || link.origin !== location.origin) {
      return;
    }
    if (!/^\/(?:$|d\/|alerts|public\/runbooks\/)/.test(link.pathname)) {
      return;
    }
    event.preventDefault();
    history.pushState(null, '', link.href);
    void route(summaries);
    scrollTo(0, 0);
  });
  addEventListener('popstate', () => void route(summaries));
}

async function start(): Promise<void> {
  labelTheme();
  place.append(
    h(
      'header',
      { class: 'frame' },
      h('a', { href: '/', class: 'brand' }, h('span', { class: 'mark' }), 'Tidewatch'),
      navigation,
      themeButton,
    ),
    message('Loading …'),
  );
  try {
    const summaries = await api.dashboards();
    followLinks(summaries);
    const firing = alerts().then((all) => countFiring(all.filter(({ status }) => status === 'firing').length));
    await Promise.all([route(summaries), firing]);
  } catch (error) {
    place.querySelector('main')?.replaceWith(message((error as Error).message));
  }
}

void start();
