import type { Text } from '../text/text.ts';
import type { Lawful, SourceStatus } from './consequence.ts';

const entry = (source: string, status: SourceStatus, es: string, en: string): Lawful => ({
  lawful: true,
  source,
  status,
  note: { es, en } satisfies Text,
});

const contract = (source: string, status: SourceStatus): Lawful =>
  entry(
    source,
    status,
    'Sólo lo que el contrato dice, dentro del límite legal.',
    'Only what the contract says, within the legal limit.',
  );

/** What the contract itself makes due: instalments, interest for late payment, fees for late payment. */
export const dueByContract: Readonly<Record<string, Lawful>> = {
  AR: contract('Código Civil y Comercial, art. 768 (intereses moratorios)', 'secondary'),
  AU: contract('National Credit Code (Sch. 1, National Consumer Credit Protection Act 2009)', 'to-verify'),
  BR: contract('Código de Defesa do Consumidor, art. 52 (multa de mora até 2 %)', 'secondary'),
  CL: contract('Ley 18.010 (interés máximo convencional)', 'secondary'),
  CO: contract('Código de Comercio, art. 884 (intereses de mora)', 'secondary'),
  ES: contract('Código Civil, arts. 1101 y 1108 (mora en obligaciones de dinero)', 'secondary'),
  MX: contract('Código de Comercio, art. 362 (intereses por demora)', 'secondary'),
  PE: contract('Código Civil, arts. 1242 y 1243 (interés moratorio y tasa máxima)', 'secondary'),
  TW: contract('Civil Code, arts. 205 and 233 (maximum rate; interest in default)', 'to-verify'),
  UK: contract('FCA Handbook, CONC 7.7 (interest and charges)', 'secondary'),
  GB: contract('FCA Handbook, CONC 7.7 (interest and charges)', 'secondary'),
  US: contract('12 CFR 1006.22(b): only amounts the agreement or the law allows', 'secondary'),
};

/** Report of a late payment to a credit bureau. */
export const bureauReport: Readonly<Record<string, Lawful>> = {
  AR: entry(
    'Ley 25.326, art. 26',
    'secondary',
    'Sólo datos ciertos y vigentes.',
    'Only true and current data.',
  ),
  BR: entry(
    'Código de Defesa do Consumidor, art. 43; Súmula 359 del STJ',
    'secondary',
    'La persona debe ser avisada por escrito antes.',
    'The person must be told in writing before.',
  ),
  CL: entry(
    'Ley 19.628, art. 17; Ley 20.575',
    'secondary',
    'Sólo obligaciones que la ley admite.',
    'Only obligations the law admits.',
  ),
  CO: entry(
    'Ley 1266 de 2008, art. 12',
    'secondary',
    'Comunicación previa a la persona, al menos veinte días antes del reporte.',
    'Notice to the person at least twenty days before the report.',
  ),
  ES: entry(
    'Ley Orgánica 3/2018, art. 20',
    'secondary',
    'Deuda cierta, vencida y exigible; informar en el contrato o al requerir el pago.',
    'A certain debt that is due; said in the contract or when payment is asked for.',
  ),
  MX: entry(
    'Ley para Regular las Sociedades de Información Crediticia',
    'secondary',
    'Con la autorización y los plazos que la ley fija.',
    'With the authorisation and the terms that the law sets.',
  ),
  PE: entry(
    'Ley 27489',
    'secondary',
    'Sólo datos ciertos; derecho a rectificar.',
    'Only true data; a right to correction.',
  ),
  US: entry(
    '12 CFR 1006.30(a); 15 U.S.C. 1681s-2',
    'secondary',
    'El cobrador habla o escribe antes a la persona y espera un plazo razonable.',
    'The collector speaks or writes to the person first and waits a reasonable time.',
  ),
};
