import { format, type Locale, locales } from '#core/text/text.ts';
import { figures } from '../../../web/src/i18n/figures.ts';
import type { Check, Output, Sentence, WrittenTable } from '../outputs.ts';
import { steps, words } from '../words.ts';
import { type Html, html, trusted } from './html.ts';
import { compiled, picture } from './picture.ts';

function inWords({ text, values }: Sentence, locale: Locale): string {
  const f = figures(locale);
  const written = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'function' ? value(f, locale) : value,
  ]);
  return format(text, locale, Object.fromEntries(written));
}

export function tableHtml({ titles, right, rows }: WrittenTable): Html {
  const side = (i: number) => (right[i] ? 'figure' : 'text');
  return html`<div class="table" tabindex="0"><table>
    <thead><tr>${titles.map((title, i) => html`<th scope="col" class="${side(i)}">${title}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((value, i) => html`<td class="${side(i)}">${value}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** A reader that cannot see it gets the finding instead, and the table behind. */
const drawing = (svg: string): Html => trusted(svg.replace('<svg ', '<svg aria-hidden="true" '));

async function chartHtml(output: Output & { kind: 'chart' }, locale: Locale): Promise<Html> {
  const [light, dark] = await Promise.all([
    picture(output.spec, 'light', locale),
    picture(output.spec, 'dark', locale),
  ]);
  const finding = inWords(output.finding, locale);
  return html`<figure>
    <figcaption>${finding}</figcaption>
    <div class="light" role="img" aria-label="${finding}" tabindex="0">${drawing(light)}</div>
    <div class="dark" role="img" aria-label="${finding}" tabindex="0">${drawing(dark)}</div>
    ${legendHtml(output.arms)}
    <details><summary>${words.behind[locale]}</summary>${tableHtml(output.table(figures(locale), locale))}</details>
  </figure>`;
}

const legendHtml = (arms: readonly string[]): Html | null =>
  arms.length
    ? html`<p class="arms">${arms.map((arm, i) => html`<span class="arm-${i % 5}">${arm}</span>`)}</p>`
    : null;

/** Comparisons one under another, each with what was found here and what the workspace gives. */
function checksHtml(checks: readonly Check[], locale: Locale): Html {
  const line = ({ what, here, there, holds }: Check) => html`<tr class="${holds ? 'holds' : 'differs'}">
    <th scope="row">${inWords(what, locale)}</th><td class="figure">${here}</td><td class="figure">${there}</td>
    <td class="verdict">${(holds ? words.holds : words.differs)[locale]}</td></tr>`;
  return html`<div class="table" tabindex="0"><table class="checks">
    <thead><tr><th scope="col">${words.what[locale]}</th><th scope="col" class="figure">${words.here[locale]}</th>
    <th scope="col" class="figure">${words.there[locale]}</th><th scope="col">${words.verdict[locale]}</th></tr></thead>
    <tbody>${checks.map(line)}</tbody></table></div>`;
}

async function outputHtml(output: Exclude<Output, Check>, locale: Locale): Promise<Html> {
  if (output.kind === 'sentence') return html`<p>${inWords(output.sentence, locale)}</p>`;
  if (output.kind === 'table') return tableHtml(output.write(figures(locale), locale));
  if (output.kind === 'chart') return chartHtml(output, locale);
  const { name, command } = steps[output.step];
  return html`<div class="note"><p>${format(words.notYet, locale, { step: name[locale] })}</p>
    <p>${words.doIt[locale]} <code>${command}</code></p></div>`;
}

/** What a cell put out, in one language; comparisons that follow one another share a table. */
export async function outputsHtml(outputs: readonly Output[], locale: Locale): Promise<Html[]> {
  const made: Html[] = [];
  let checks: Check[] = [];
  const flush = () => {
    if (checks.length) made.push(checksHtml(checks, locale));
    checks = [];
  };
  for (const output of outputs) {
    if (output.kind === 'check') {
      checks.push(output);
      continue;
    }
    flush();
    made.push(await outputHtml(output, locale));
  }
  flush();
  return made;
}

/** Writes an output in every language, so that a figure that is missing fails in the cell that left it out. */
export function rehearse(output: Output): void {
  for (const locale of locales) {
    if (output.kind === 'sentence') inWords(output.sentence, locale);
    if (output.kind === 'check') inWords(output.what, locale);
    if (output.kind === 'table') output.write(figures(locale), locale);
    if (output.kind !== 'chart') continue;
    inWords(output.finding, locale);
    output.table(figures(locale), locale);
    compiled(output.spec, 'light', locale);
  }
}
