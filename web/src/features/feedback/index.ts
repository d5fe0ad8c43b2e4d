import { type Feature, screen } from '../feature.ts';
import Feedback from './Feedback.svelte';

const feedback: Feature = {
  title: { es: 'Lo que volvió', en: 'What came back' },
  order: 64,
  under: '/exports',
  screens: [screen('/exports/feedback', Feedback)],
};

export default feedback;
