import { batches } from './batches.ts';
import { contactRules } from './contact-rules.ts';
import { destinations } from './delivery/destinations.ts';
import { ledger } from './delivery/ledger.ts';
import { schedules } from './delivery/schedules.ts';
import { syncs } from './delivery/syncs.ts';
import type { Endpoint } from './endpoint.ts';
import { events } from './events.ts';
import { analyses } from './experiments/analyses.ts';
import { harmWatchEndpoints } from './experiments/harm.ts';
import { experimentLifecycle } from './experiments/lifecycle.ts';
import { experimentRehearsal } from './experiments/rehearsal.ts';
import { experimentResponders } from './experiments/responders.ts';
import { experimentResultEndpoints } from './experiments/results.ts';
import { experiments } from './experiments.ts';
import { exports } from './exports.ts';
import { holdouts } from './holdouts.ts';
import { jobs } from './jobs.ts';
import { keeping } from './keeping.ts';
import { kpis } from './kpis.ts';
import { loads } from './loads.ts';
import { messages } from './messages/endpoints.ts';
import { channels } from './models/channels.ts';
import { explanations } from './models/explaining.ts';
import { externalModels } from './models/external.ts';
import { features } from './models/feature-report.ts';
import { monitoring } from './models/monitoring.ts';
import { risk } from './models/risk.ts';
import { scorecards } from './models/scorecards.ts';
import { versionStates } from './models/states.ts';
import { swapSets } from './models/swaps.ts';
import { waiting } from './models/waiting.ts';
import { models, scores } from './models.ts';
import { people } from './people.ts';
import { portfolio } from './portfolio.ts';
import { previews } from './previews.ts';
import { queries } from './query.ts';
import { recipes } from './recipes.ts';
import { microSegments } from './segments/micro.ts';
import { segmentViews } from './segments/views.ts';
import { segments } from './segments.ts';
import { sessions, tokens } from './session.ts';
import { system } from './system.ts';

/** Everything a program can ask of Ensayo, by resource. */
export const contract = {
  system,
  session: sessions,
  tokens,
  jobs,
  loads,
  recipes,
  previews,
  portfolio,
  people,
  keeping,
  kpis,
  models,
  externalModels,
  versionStates,
  scorecards,
  swapSets,
  features,
  explanations,
  monitoring,
  waiting,
  scores,
  channels,
  risk,
  segments,
  segmentViews,
  microSegments,
  messages,
  experiments,
  experimentLifecycle,
  experimentRehearsal,
  analyses,
  experimentResults: experimentResultEndpoints,
  experimentResponders,
  harmWatch: harmWatchEndpoints,
  holdouts,
  contactRules,
  batches,
  exports,
  events,
  destinations,
  syncs,
  schedules,
  ledger,
  queries,
} as const;

export const endpoints: readonly Endpoint[] = Object.values(contract).flatMap(
  (resource) => Object.values(resource) as unknown as Endpoint[],
);

export const basePath = '/api/v1';
