import { type Feature, screen } from '../feature.ts';
import FeatureReport from './FeatureReport.svelte';
import OneFeature from './OneFeature.svelte';

const featureReport: Feature = {
  title: { es: 'Variables', en: 'Features' },
  order: 26,
  under: '/models',
  screens: [screen('/models/features', FeatureReport), screen('/models/features/:model/:name', OneFeature)],
};

export default featureReport;
