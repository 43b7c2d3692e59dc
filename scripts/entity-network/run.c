// The inner part of src/decide/enrol/entities/network.ts, for WebAssembly with vectors of four: a layer that is bent, a long
// short-term memory in both directions, a layer over both, and the scores of labels. No memory is asked for and nothing of C's
// library is used; who calls lays everything out. Matrices lie column by column, and have whole fours of rows and columns.
typedef float four __attribute__((vector_size(16)));

struct network {
  int layer, state, labels;
  const four *ahead, *aheadState, *aheadBias, *back, *backState, *backBias, *inner, *innerBias, *outer, *outerBias;
};

// Lambert's continued fraction, cut after the seventh step; the error is less than 0.0001.
static inline four bent(four x) {
  four most = {4.97f, 4.97f, 4.97f, 4.97f};
  x = __builtin_wasm_max_f32x4(__builtin_wasm_min_f32x4(x, most), -most);
  four s = x * x;
  return x * (135135.0f + s * (17325.0f + s * (378.0f + s))) / (135135.0f + s * (62370.0f + s * (3150.0f + 28.0f * s)));
}
static inline four squashed(four x) { return 0.5f + 0.5f * bent(0.5f * x); }

// into += matrix * x; rows in fours.
static inline void add(const four *matrix, const float *x, four *into, int rows, int columns) {
  for (int j = 0; j < columns; j += 4, matrix += 4 * rows) {
    float a = x[j], b = x[j + 1], c = x[j + 2], d = x[j + 3];
    for (int i = 0; i < rows; i++)
      into[i] += (matrix[i] * a + matrix[rows + i] * b) + (matrix[2 * rows + i] * c + matrix[3 * rows + i] * d);
  }
}

static inline void set(four *into, const four *from, int count) {
  for (int i = 0; i < count; i++) into[i] = from[i];
}

// first: [word * layer + unit], before it is bent. room: for each word two states and a layer, then 5 states and a layer.
// scores: [word * labels + label].
__attribute__((export_name("run"))) void run(const struct network *net, four *first, int words, four *room, four *scores) {
  int layer = net->layer / 4, state = net->state / 4, labels = net->labels / 4, joined = 2 * state + layer;
  four *gates = room + words * joined, *cell = gates + 4 * state, *hidden = cell + state;
  for (int i = 0; i < words * layer; i++) first[i] = bent(first[i]);
  for (int back = 0; back < 2; back++) {
    for (int j = 0; j < state; j++) cell[j] = (four){0, 0, 0, 0};
    for (int t = 0; t < words; t++) {
      int i = back ? words - 1 - t : t;
      four *here = room + i * joined + back * state, *before = back ? here + joined : here - joined;
      set(gates, back ? net->backBias : net->aheadBias, 4 * state);
      add(back ? net->back : net->ahead, (float *)(first + i * layer), gates, 4 * state, net->layer);
      if (t) add(back ? net->backState : net->aheadState, (float *)before, gates, 4 * state, net->state);
      for (int j = 0; j < state; j++) {
        cell[j] = squashed(gates[state + j]) * cell[j] + squashed(gates[j]) * bent(gates[3 * state + j]);
        here[j] = squashed(gates[2 * state + j]) * bent(cell[j]);
      }
    }
  }
  for (int i = 0; i < words; i++) {
    set(room + i * joined + 2 * state, first + i * layer, layer);
    set(hidden, net->innerBias, layer);
    add(net->inner, (float *)(room + i * joined), hidden, layer, 4 * joined);
    for (int j = 0; j < layer; j++) hidden[j] = bent(hidden[j]);
    set(scores + i * labels, net->outerBias, labels);
    add(net->outer, (float *)hidden, scores + i * labels, labels, net->layer);
  }
}
