import { type Feature, screen } from '../feature.ts';
import Explaining from './Explaining.svelte';

const explaining: Feature = {
  title: { es: 'Explicación', en: 'Explanation' },
  order: 27,
  under: '/models',
  screens: [screen('/models/explaining', Explaining)],
};

export default explaining;
