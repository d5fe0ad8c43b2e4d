import { format, type Locale, type Text, type TextValues } from '../text/text.ts';
import { analysis } from './analysis.ts';
import { contact } from './contact.ts';
import { contactRules } from './contact-rules.ts';
import { events } from './events.ts';
import { experiment } from './experiment.ts';
import { explaining } from './explaining.ts';
import { exporting } from './exporting.ts';
import { general } from './general.ts';
import { kpi } from './kpi.ts';
import { lifecycle } from './lifecycle.ts';
import { load } from './load.ts';
import { message } from './message.ts';
import { model } from './model.ts';
import { modelVersion } from './model-version.ts';
import { people } from './people.ts';
import { query } from './query.ts';
import { recipeErrors } from './recipe.ts';
import { responders } from './responders.ts';
import { results } from './results.ts';
import { risk } from './risk.ts';
import { scoring } from './scoring.ts';
import { segment } from './segment.ts';
import { sftp } from './sftp.ts';
import { source } from './source.ts';
import { syncing } from './syncing.ts';
import { training } from './training.ts';
import { uplift } from './uplift.ts';
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
