import { type Feature, screen } from '../feature.ts';
import Waiting from './Waiting.svelte';

const waiting: Feature = {
  title: { es: 'A quién esperar', en: 'Who can wait' },
  order: 20,
  under: '/models',
  screens: [screen('/models/waiting', Waiting)],
};

export default waiting;
