/** A column of a table, with the values it was seen to hold; none seen: a dataset that was not looked into. */
export interface SeenColumn {
  name: string;
  shape: 'number' | 'yes or no' | 'date' | 'text' | 'empty';
  distinct: number | null;
  values: readonly string[];
}

/** Which column is what. */
export interface Mapping {
  arm: string;
  control: string;
  metrics: string[];
  unit: string;
  cluster: string;
  strata: string[];
  covariates: string[];
}

const armName =
  /(^|[_\s-])(arm|group|variant|version|treatment|segment|cell|brazo|grupo|variante|tratamiento|rama)s?($|[_\s-])/i;
const controlValue =
  /^(control|c|a|none|holdout|baseline|neutral|silence|placebo|ninguno|silencio|base|0|no)$|control|holdout|^no[ _-]|^sin[ _-]/i;
const unitName = /(^|_)(id|user_?id|customer(_id)?|client(_id|e)?|person(a)?(_id)?|userid|dni|cedula)$/i;
const outcomeName =
  /paid|pay|pago|pagó|clear|visit|conver|retention|retenci|spend|gast|revenue|ingres|purchase|compr|cash|outcome|resultado|promise|promesa|complain|queja|amount|monto|cured?|recover|recuper/i;

const mostArms = 12;
const isFew = ({ distinct }: SeenColumn): boolean =>
  distinct !== null && distinct >= 2 && distinct <= mostArms;

/** What each column most likely is, from its name and its values. */
export function guess(columns: readonly SeenColumn[]): Mapping {
  const text = columns.filter((column) => column.shape !== 'date' && isFew(column));
  const withControl = (column: SeenColumn) => column.values.some((value) => controlValue.test(value.trim()));
  const arm =
    text.find((column) => armName.test(column.name) && withControl(column)) ??
    columns.find((column) => armName.test(column.name) && (column.distinct === null || isFew(column))) ??
    text.find((column) => column.shape === 'text' && withControl(column)) ??
    text.find((column) => column.shape === 'text');
  const others = columns.filter((column) => column !== arm);
  const measured = others.filter(
    ({ shape, name }) => (shape === 'number' || shape === 'yes or no') && !unitName.test(name),
  );
  const named = measured.filter(({ name }) => outcomeName.test(name));
  const last = measured.at(-1);
  return {
    arm: arm?.name ?? '',
    control: controlOf(arm),
    metrics: (named.length ? named : last ? [last] : []).map(({ name }) => name),
    unit:
      others.find(({ name, distinct }) => unitName.test(name) && (distinct === null || distinct > mostArms))
        ?.name ?? '',
    cluster: '',
    strata: [],
    covariates: [],
  };
}

/** The value that reads like a control, else the first. */
export const controlOf = (arm: SeenColumn | undefined): string =>
  arm?.values.find((value) => controlValue.test(value.trim())) ?? [...(arm?.values ?? [])].sort()[0] ?? '';

/** The shape of a column of a dataset, by its type. */
export const shapeOf = (type: string): SeenColumn['shape'] => {
  if (/BOOL/.test(type)) return 'yes or no';
  if (/INT|DOUBLE|FLOAT|DECIMAL/.test(type)) return 'number';
  return /^(DATE|TIMESTAMP)/.test(type) ? 'date' : 'text';
};

/** The shape of a column of a file, as a look at it says. */
export const shapeSeen = (shape: string): SeenColumn['shape'] => {
  if (shape === 'whole' || shape === 'number') return 'number';
  if (shape === 'yes or no' || shape === 'date' || shape === 'empty') return shape;
  return 'text';
};
