import { h } from '../dom';
import { fillText, fillUrl } from '../interpolate';
import { markdown } from '../markdown';
import { NOTHING_TO_DISPOSE, option, type PanelKind } from './panel-data';

export const textPanel: PanelKind = {
  isStatic: true,
  draw(place, { panel, scope }) {
    const content = fillText(option(panel, 'content', ''), scope);
    place.append(
      h(
        'div',
        { class: 'prose' },
        ...(option(panel, 'mode', 'markdown') === 'markdown'
          ? markdown(content, (address) => fillUrl(address, scope))
          : [h('pre', {}, content)]),
      ),
    );
    return NOTHING_TO_DISPOSE;
  },
  unsupported: (panel) => (option(panel, 'mode', 'markdown') === 'html' ? ['HTML is shown as text.'] : []),
};
