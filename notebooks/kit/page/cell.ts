import { marked } from 'marked';
import { format, type Locale } from '#core/text/text.ts';
import { figures } from '../../../web/src/i18n/figures.ts';
import type { CellRun } from '../outputs.ts';
import { words } from '../words.ts';
import { type Html, html, trusted } from './html.ts';
import { outputsHtml } from './output.ts';

export const isFor = ({ cell }: CellRun, locale: Locale): boolean => (cell.language ?? locale) === locale;

/** One cell as it stands: prose, or what the code put out with the code beneath. */
export async function cellHtml(run: CellRun, locale: Locale): Promise<Html> {
  const { cell, state } = run;
  if (cell.kind === 'prose')
    return html`<section class="prose" id="cell-${cell.number}">${trusted(await marked(cell.source))}</section>`;
  const outputs = await outputsHtml(run.outputs, locale);
  const seconds = run.seconds === null ? null : html` · ${figures(locale).duration(run.seconds)}`;
  return html`<section class="cell ${state}" id="cell-${cell.number}">
    ${outputs}${failureHtml(run, locale)}${stateHtml(run, locale)}
    <details class="code"><summary>${words.code[locale]}${cell.title ? html`: ${cell.title}` : null}${seconds}</summary>
      <pre tabindex="0"><code>${cell.source}</code></pre></details>
  </section>`;
}

function failureHtml({ failure }: CellRun, locale: Locale): Html | null {
  if (!failure) return null;
  const title = format(words.failed, locale, { line: failure.line ?? 'none' });
  return html`<div class="failure"><p><strong>${title}</strong> ${failure.message}</p>
    <details><summary>${words.trace[locale]}</summary><pre tabindex="0"><code>${failure.trace}</code></pre></details></div>`;
}

function stateHtml({ state }: CellRun, locale: Locale): Html | null {
  if (state === 'not_run') return html`<p class="state">${words.notRun[locale]}</p>`;
  if (state === 'waiting') return html`<p class="state">${words.waiting[locale]}</p>`;
  return state === 'running' ? html`<p class="state">${words.running[locale]} …</p>` : null;
}
