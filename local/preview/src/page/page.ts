/** What the frame around it shows one of. */
export interface Page {
  readonly element: HTMLElement;
  readonly title: string;
  start(): Promise<void>;
  /** The same in other colours. */
  restyle(): void;
  stop(): void;
}
