import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, type Locale } from '#core/text/text.ts';
import { home } from '#server/config.ts';
import { figures } from '../../../web/src/i18n/figures.ts';
import type { NotebookRun } from '../outputs.ts';
import { steps, words } from '../words.ts';
import { cellHtml, isFor } from './cell.ts';
import { type Html, html, trusted } from './html.ts';
import { tokens } from './palette.ts';

const own = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const inter = 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
const face = (): string => `@font-face { font-family: "Inter"; font-weight: 100 900; font-display: swap;
  src: url("data:font/woff2;base64,${readFileSync(join(home, inter), 'base64')}") format("woff2"); }`;

export const liveScript = (): string => own('live.js');

/** Where the page is served from, so that it can follow a run and start one; null for a file of its own. */
export interface Live {
  /** Path under which everything of this server stands. */
  base: string;
  names: readonly string[];
}

/** Nothing is fetched from anywhere: style, type and pictures are in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/** A notebook, run or running, as one page in one language. */
export async function pageHtml(run: NotebookRun, locale: Locale, live: Live | null): Promise<string> {
  const cells = await Promise.all(
    run.cells.filter((cell) => isFor(cell, locale)).map((cell) => cellHtml(cell, locale)),
  );
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${live ? null : html`<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<title>${run.title[locale]} · Ensayo</title>
<style>${trusted(`${face()}\n${tokens()}\n${own('page.css')}`)}</style>
${live ? html`<script src="${live.base}/live.js" defer></script>` : null}
</head>
<body${live ? html` data-events="${live.base}/${run.name}/events?lang=${locale}"` : null}>
${live ? barHtml(run, locale, live) : null}
<main>
${cells}
<footer id="end">${endHtml(run, locale)}</footer>
</main>
</body>
</html>
`;
  return page.html;
}

function barHtml(run: NotebookRun, locale: Locale, { base, names }: Live): Html {
  const other = locale === 'es' ? 'en' : 'es';
  const links = names.map((name) =>
    name === run.name
      ? html`<a aria-current="page" href="${base}/${name}?lang=${locale}">${name}</a>`
      : html`<a href="${base}/${name}?lang=${locale}">${name}</a>`,
  );
  return html`<header><nav aria-label="${words.notebooks[locale]}">${links}</nav>
    <a href="${base}/${run.name}?lang=${other}" lang="${other}">${words.other[locale]}</a>
    <form method="post" action="${base}/${run.name}/run?lang=${locale}"><button>${words.runAgain[locale]}</button></form></header>`;
}

/** What became of the run as a whole: when, on what, how many figures agreed, what is still to be done. */
export function endHtml(run: NotebookRun, locale: Locale): Html {
  const outputs = run.cells.flatMap((cell) => cell.outputs);
  const checks = outputs.filter((output) => output.kind === 'check');
  const missing = [...new Set(outputs.flatMap((output) => (output.kind === 'not_yet' ? [output.step] : [])))];
  const say = (text: typeof words.made, values: Record<string, string | number>) =>
    format(text, locale, values);
  const when = figures(locale).instant(run.startedAt);
  return html`<p>${say(words.made, { when, workspace: run.workspace })}
    ${say(words.summary, { checks: checks.length, differ: checks.filter(({ holds }) => !holds).length })}
    ${missing.length ? say(words.pending, { steps: missing.map((step) => steps[step].name[locale]).join('; ') }) : null}</p>`;
}
