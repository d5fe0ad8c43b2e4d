import { format, type Locale, type Text, type TextValues } from '../text/text.ts';
import { contact } from './delivery/contact.ts';
import { contactRules } from './delivery/contact-rules.ts';
import { events } from './delivery/events.ts';
import { exporting } from './delivery/exporting.ts';
import { segment } from './delivery/segment.ts';
import { sftp } from './delivery/sftp.ts';
import { syncing } from './delivery/syncing.ts';
import { analysis } from './experiments/analysis.ts';
import { experiment } from './experiments/experiment.ts';
import { message } from './experiments/message.ts';
import { responders } from './experiments/responders.ts';
import { results } from './experiments/results.ts';
import { general } from './general.ts';
import { explaining } from './models/explaining.ts';
import { lifecycle } from './models/lifecycle.ts';
import { model } from './models/model.ts';
import { modelVersion } from './models/model-version.ts';
import { risk } from './models/risk.ts';
import { scoring } from './models/scoring.ts';
import { training } from './models/training.ts';
import { uplift } from './models/uplift.ts';
import { kpi } from './portfolio/kpi.ts';
import { load } from './portfolio/load.ts';
import { people } from './portfolio/people.ts';
import { query } from './portfolio/query.ts';
import { recipeErrors } from './portfolio/recipe.ts';
import { source } from './portfolio/source.ts';
import { workspace } from './workspace.ts';

/** Every error code of the product: its HTTP status, what happened, and what the reader can do. */
export const errors = {
  ...general,
  ...workspace,
  ...load,
  ...recipeErrors,
  ...source,
  ...model,
  ...training,
  ...scoring,
  ...modelVersion,
  ...segment,
  ...kpi,
  ...experiment,
  ...analysis,
  ...message,
  ...contact,
  ...contactRules,
  ...lifecycle,
  ...results,
  ...responders,
  ...explaining,
  ...exporting,
  ...syncing,
  ...sftp,
  ...events,
  ...people,
  ...query,
  ...risk,
  ...uplift,
} as const;

export type ErrorCode = keyof typeof errors;
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

interface ErrorText {
  status: number;
  message: Text;
  fix: Text;
}

const textOf = (code: ErrorCode): ErrorText => errors[code];
export const statusOf = (code: ErrorCode): number => textOf(code).status;
export const messageOf = (code: ErrorCode, locale: Locale, details: TextValues): string =>
  format(textOf(code).message, locale, details);
export const fixOf = (code: ErrorCode, locale: Locale, details: TextValues = {}): string =>
  format(textOf(code).fix, locale, details);

/** A failure the product foresees. `details` fill the message and travel with it, so that any reader can word it. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: TextValues;

  constructor(code: ErrorCode, details: TextValues = {}, options?: ErrorOptions) {
    super(messageOf(code, 'en', details), options);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}
