import { get } from '../api';
import { ruleTitle } from '../alerts/alert';
import { h } from '../dom';
import { markdown } from '../markdown';
import type { Page } from './page';

/** What to do about the alerts of a rule. */
export class RunbookPage implements Page {
  readonly title: string;
  readonly element: HTMLElement;

  constructor(private readonly rule: string) {
    this.title = ruleTitle(rule);
    this.element = h('main', { class: 'runbook' });
  }

  async start(): Promise<void> {
    try {
      const { text } = await get<{ text: string }>(`/api/runbooks/${encodeURIComponent(this.rule)}`);
      this.element.replaceChildren(h('article', { class: 'prose' }, ...markdown(text, () => undefined)));
    } catch (error) {
      this.element.replaceChildren(h('p', { class: 'message' }, (error as Error).message));
    }
  }

  restyle(): void {
    // nothing here is drawn by hand
  }

  stop(): void {
    // nothing goes on
  }
}
