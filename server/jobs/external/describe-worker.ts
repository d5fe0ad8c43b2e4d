import { answerCalls } from '../../threads/worker-side.ts';
import { describeOnnx, type OnnxDescription } from './onnx.ts';

/** Opens a model file in a thread of its own: a large one takes seconds, and it came from outside. */
answerCalls<{ file: Uint8Array }, OnnxDescription>(({ task }) => describeOnnx(task.file));
