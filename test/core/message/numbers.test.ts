import { expect, it } from 'vitest';
import { namedConsequences } from '#core/message/named-consequences.ts';
import { statedShares, writtenShare } from '#core/message/numbers.ts';
import { fits, personalisation } from '#core/message/text/placeholder.ts';
import type { Locale } from '#core/text/text.ts';

it.each<[Locale, string, (number | null)[]]>([
  ['es', 'Hoy, 8 de cada 10 clientes están al día.', [0.8]],
  ['es', 'Nueve de cada diez personas pagan.', [0.9]],
  ['es', 'Al menos {{n_de_10}} de cada 10 pagan.', [null]],
  ['es', 'El 85 % de los clientes pagó; la mayoría de las personas ya lo hizo.', [0.85, 0.5]],
  ['es', 'La gran mayoría de nuestros clientes paga.', [0.5]],
  ['es', 'Un descuento del 10 % hasta el viernes, en 3 de las 4 cuotas.', []],
  ['en', 'Eight out of ten customers pay; 3 in 4 people too.', [0.8, 0.75]],
  ['en', 'Most of our customers are up to date.', [0.5]],
  ['en', '72.5% of customers paid.', [0.725]],
  ['en', 'You can pay in 3 parts; the most you owe is small.', []],
])('%s: %s', (language, text, shares) => {
  expect(statedShares(text, language).map(({ share }) => share)).toEqual(shares);
});

it('takes the largest share written in figures, and marks its place', () => {
  const text = 'Hoy 7 de cada 10 clientes, ayer 9 de cada 10.';
  const stated = statedShares(text, 'es');
  expect(writtenShare(stated)).toBe(0.9);
  expect(stated.map(({ from, to }) => text.slice(from, to))).toEqual(['7 de cada 10', '9 de cada 10']);
  expect(writtenShare(statedShares('{{n_de_10}} de cada 10', 'es'))).toBeNull();
});

it.each<[Locale, string, string[]]>([
  ['es', 'Se suman los intereses de su contrato.', ['interest_accrues']],
  ['es', 'Evite el cargo por mora.', ['late_fee']],
  ['es', 'Podríamos suspender su tarjeta.', ['limit_cut']],
  ['es', 'El atraso queda en las centrales de riesgo.', ['bureau_report']],
  ['es', 'El descuento del 10 % está disponible hasta el 30 de junio.', ['discount_expires']],
  ['es', 'Al ponerse al día recupera el cupo completo.', []],
  ['en', 'Late fees apply and interest adds up.', ['interest_accrues', 'late_fee']],
  ['en', 'It shows on your credit report.', []],
  ['en', 'It may affect your credit score.', ['bureau_report']],
])('%s: %s names %j', (language, text, kinds) => {
  expect(namedConsequences(text, language).map(({ kind }) => kind)).toEqual(kinds);
});

it('counts how personal a text is, and knows what fits a placeholder', () => {
  expect(personalisation('{{entidad}} {{enlace_pago}}')).toBe(0);
  expect(personalisation('{{nombre}} {{nombre}} {{importe}}')).toBe(2);
  expect(personalisation('{{nombre}} {{importe}} {{dias_mora}}')).toBe(3);
  expect([fits('importe', 'MXN 1,250.00'), fits('importe', '1250')]).toEqual([true, false]);
  expect([fits('enlace_pago', 'https://pag.ar/x1'), fits('enlace_pago', 'http://x')]).toEqual([true, false]);
  expect([fits('dias_mora', '12'), fits('dias_mora', 'doce')]).toEqual([true, false]);
});
