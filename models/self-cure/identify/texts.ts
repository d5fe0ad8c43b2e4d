import type { Identification, Rung } from '#core/contract/models/card.ts';
import { format, type Text, type TextValues } from '#core/text/text.ts';

export const written = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

export const rungTitles = {
  holdout: { es: 'Grupo al azar sin contacto', en: 'Random group nobody contacts' },
  censoring_weights: { es: 'Pesos por el contacto', en: 'Weights for contact' },
  current_policy: { es: 'La política actual', en: 'The current policy' },
} as const satisfies Partial<Record<Identification, Text>>;

export const reasons = {
  none_held: {
    es: 'No hay personas apartadas de todo contacto durante el plazo entero: cargue la tabla holdouts.',
    en: 'Nobody is held out of contact for the whole horizon: load the table holdouts.',
  },
  no_contacts: {
    es: 'No hay contactos cargados: no se sabe a quién se contactó.',
    en: 'No contacts are loaded: it is not known who was contacted.',
  },
  small_held: {
    es: 'El grupo sin contacto tiene {n, number, integer} filas con desenlace conocido; hacen falta {minimum, number, integer}.',
    en: 'The group without contact has {n, number, integer} rows with a known outcome; {minimum, number, integer} are needed.',
  },
  few_held: {
    es: 'En el grupo sin contacto hay {rarer, number, integer} casos del desenlace menos frecuente en {n, number, integer} filas; hacen falta {minimum, number, integer}.',
    en: 'The group without contact has {rarer, number, integer} cases of the rarer outcome in {n, number, integer} rows; {minimum, number, integer} are needed.',
  },
  held_contacted: {
    es: 'El {share, number, percent} de las filas del grupo apartado sí tuvo contacto antes de su desenlace; se admite hasta el {limit, number, percent}.',
    en: '{share, number, percent} of the rows held out were contacted before their outcome all the same; up to {limit, number, percent} is accepted.',
  },
  held_used: {
    es: 'Se entrena solo con {n, number, integer} filas de {customers, number, integer} personas apartadas de todo contacto; el {share, number, percent} tuvo alguno.',
    en: 'Trained only on {n, number, integer} rows of {customers, number, integer} people held out of contact; {share, number, percent} had some.',
  },
  undated: {
    es: 'El día de la cura se conoce en el {share, number, percent} de los casos; hace falta en el {minimum, number, percent}. Cargue los pagos.',
    en: 'The day of the cure is known in {share, number, percent} of cases; {minimum, number, percent} is needed. Load the payments.',
  },
  nobody_contacted: {
    es: 'En estos datos nadie fue contactado dentro del plazo: no hay nada que corregir, y conviene revisar si la tabla de contactos está completa.',
    en: 'In these data nobody was contacted within the horizon: there is nothing to correct, and whether the table of contacts is complete wants a look.',
  },
  thin: {
    es: 'El día {day, number, integer}, de los {late, number, integer} que seguían en mora en el estrato «{stratum}» solo el {share, number, percent} seguía sin contacto; hace falta el {minimum, number, percent}.',
    en: 'On day {day, number, integer}, of the {late, number, integer} still past due in the stratum “{stratum}” only {share, number, percent} had not been contacted; {minimum, number, percent} is needed.',
  },
  small: {
    es: 'Con los pesos, la muestra equivale a {size, number, integer} filas; hacen falta {minimum, number, integer}.',
    en: 'With the weights, the sample is worth {size, number, integer} rows; {minimum, number, integer} are needed.',
  },
  weights_used: {
    es: 'Cada fila sin contacto pesa lo inverso de su probabilidad de haber quedado sin contacto hasta su desenlace, según lo que se sabía de ella cada día. Los pesos se dividen por su media y se cortan en {cap, number, integer} veces la media.',
    en: 'Each row without contact weighs the inverse of its chance of having gone without contact until its outcome, by what was known of it each day. Weights are divided by their mean and cut at {cap, number, integer} times the mean.',
  },
  not_needed: { es: 'No hizo falta: hay uno mejor.', en: 'Not needed: a better one holds.' },
  as_it_was: {
    es: 'La cura es la que hubo con los contactos de entonces.',
    en: 'The cure is the one there was with the contacts of the time.',
  },
} as const satisfies Record<string, Text>;

const figureTitles = {
  rows: { es: 'Filas', en: 'Rows' },
  people: { es: 'Personas', en: 'People' },
  cured: { es: 'Parte curada', en: 'Share cured' },
  contacted: { es: 'Parte con contacto', en: 'Share contacted' },
  heldShare: { es: 'Parte de la mora apartada', en: 'Share of those late held out' },
  declaredShare: { es: 'Parte apartada declarada', en: 'Share held out, as declared' },
  uncontacted: { es: 'Filas sin contacto', en: 'Rows without contact' },
  plainCured: { es: 'Parte curada sin pesos', en: 'Share cured, unweighted' },
  effectiveSize: { es: 'Tamaño efectivo', en: 'Effective sample size' },
  largest: { es: 'Peso mayor', en: 'Largest weight' },
  cap: { es: 'Corte de los pesos', en: 'Weights cut at' },
  cut: { es: 'Filas cortadas', en: 'Rows cut' },
  thinnest: {
    es: 'Menor parte sin contacto en un estrato y día',
    en: 'Smallest share uncontacted in a stratum and day',
  },
} as const satisfies Record<string, Text>;

export type FigureName = keyof typeof figureTitles;

export const figures = (values: Partial<Record<FigureName, number | null>>): Rung['figures'] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    title: figureTitles[name as FigureName],
    value: value ?? null,
  }));

/** What must hold for the figure to mean what it is called. */
export const assumptions = {
  holdout: {
    es: 'Las personas apartadas se eligieron al azar y nadie las contactó dentro del plazo: lo que les pasó es lo que les pasaría a las demás sin contacto.',
    en: 'The people held out were drawn at random and nobody contacted them within the horizon: what became of them is what would become of the others without contact.',
  },
  censoring_weights: {
    es: 'Entre personas iguales en días de mora, producto, mora anterior, contacto reciente y pagos parciales, contactar a una u otra no dependió de nada más que anunciara su cura. Si quien llamaba sabía algo más, queda sesgo.',
    en: 'Among people alike in days past due, product, earlier delays, recent contact and part payments, who was contacted depended on nothing else that foretells a cure. If whoever called knew more, bias is left.',
  },
  current_policy: {
    es: 'Ninguna: es lo que pasa con los contactos que se hacen hoy, y solo vale mientras se hagan igual.',
    en: 'None: it is what happens with the contacts made today, and holds only while they are made the same way.',
  },
} as const satisfies Partial<Record<Identification, Text>>;
