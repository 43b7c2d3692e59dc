// Learns one network of src/decide/enrol/entities/network.ts from lines of words and labels, by Adam (Kingma and Ba 2015) on
// the likelihood of the whole labelling (a conditional random field on top), with dropout (Srivastava et al. 2014), words
// pushed to where the labelling is least likely (Miyato et al. 2017, arXiv:1605.07725), and a running mean of the weights. scripts/learning/entity-network.ts writes the input, compiles and runs this, and reads the output:
// learn INPUT OUTPUT SEED. The same compiler, input and seed give the same weights.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Sizes are given by the compiler's -D, from one place in TypeScript.
#define VECTOR (VECTOR_SIZE + 1)
#define WIDTH (VECTOR + OWN + LETTERS + SIDES)
#define JOINED (2 * STATE + INNER)
#define GATES (4 * STATE)

static const float STEP = VECTOR_STEP;
static const double DROPPED = 0.3, INPUT_DROPPED = 0.15, WORD_DROPPED = 0.05;
// How far each word of a line is pushed, on average.
static const double PUSH = 0.6;
static const double RATE = 2e-3, TABLE_RATE = 0.05, DECAY = 1e-5;
enum { EPOCHS = 20, BATCH = 8, LONGEST = 700 };

static uint32_t state;
static double chance(void) {
  state += 0x6d2b79f5u;
  uint32_t t = state;
  t = (t ^ (t >> 15)) * (1u | t);
  t = (t + ((t ^ (t >> 7)) * (61u | t))) ^ t;
  return (t ^ (t >> 14)) / 4294967296.0;
}
static double normal(void) { return sqrt(-2 * log(chance() + 1e-12)) * cos(6.283185307179586 * chance()); }

typedef struct { int rows, columns; float *w, *gradient, *first, *second, *mean; } Part;
static Part parts[16];
static int partCount;
static float *zeros(long n) { return calloc(n, sizeof(float)); }
static Part *part(int rows, int columns, double spread) {
  Part *p = &parts[partCount++];
  int n = rows * columns;
  *p = (Part){rows, columns, zeros(n), zeros(n), zeros(n), zeros(n), zeros(n)};
  for (int i = 0; i < n; i++) p->w[i] = spread * normal();
  return p;
}

static void times(const float *restrict a, const float *restrict x, float *restrict y, int rows, int columns) {
  for (int i = 0; i < rows; i++) {
    float sum = 0;
    for (int j = 0; j < columns; j++) sum += a[i * columns + j] * x[j];
    y[i] += sum;
  }
}
static void turnedTimes(const float *restrict a, const float *restrict d, float *restrict x, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) x[j] += a[i * columns + j] * d[i];
}
// g += the outer products of d and x, one for each word.
static void addOuters(float *restrict g, const float *restrict d, const float *restrict x, int words, int rows, int columns) {
  for (int i = 0; i < rows; i++)
    for (int t = 0; t < words; t++)
      for (int j = 0; j < columns; j++) g[i * columns + j] += d[t * rows + i] * x[t * columns + j];
}
// The hyperbolic tangent as run.c has it: Lambert's continued fraction, cut after the seventh step.
static inline float bent(float x) {
  x = fminf(fmaxf(x, -4.97f), 4.97f);
  float s = x * x;
  return x * (135135 + s * (17325 + s * (378 + s))) / (135135 + s * (62370 + s * (3150 + 28 * s)));
}
static inline float squashed(float x) { return 0.5f + 0.5f * bent(0.5f * x); }

typedef struct { float *vector; int letters, *ids; } Word;
typedef struct { int n, *words, *labels; float *sides; } Line;
static Word *words;
static Line *lines;
static int wordCount, lineCount;

// Parts in the order in which they are written.
static Part *input, *inputBias, *fromInput[2], *fromState[2], *gateBias[2], *inner, *innerBias, *outer, *outerBias, *follow;
// Rows of the letters by their bucket, and rows of the words themselves.
static float *letterRows, *letterSquares, *wordRows, *wordSquares;

static float X[LONGEST * WIDTH], keptX[LONGEST * WIDTH], dX[WIDTH];
// What is added to the input of a pushed line; before that, the gradient by it.
static float push[LONGEST * WIDTH];
static float P[LONGEST * INNER], keptP[LONGEST * INNER], dP[LONGEST * INNER];
static float gate[2][LONGEST * GATES], cell[2][LONGEST * STATE], hidden[2][LONGEST * STATE], dG[LONGEST * GATES];
static float Z[LONGEST * JOINED], keptZ[LONGEST * JOINED], dZ[LONGEST * JOINED];
static float Q[LONGEST * INNER], keptQ[LONGEST * INNER], dQ[LONGEST * INNER];
static float score[LONGEST * LABELS], own[LONGEST * LABELS], ahead[LONGEST * LABELS], behind[LONGEST * LABELS], dE[LONGEST * LABELS];
static double total[LONGEST];

// As chance() does it, so many times; written so that the compiler does several at once.
static void drop(float *restrict kept, int n, double p) {
  uint32_t from = state, least = p * 4294967296.0;
  float by = 1 / (1 - p);
  for (int i = 0; i < n; i++) {
    uint32_t u = from + 0x6d2b79f5u * (uint32_t)(i + 1), t = (u ^ (u >> 15)) * (1u | u);
    t = (t + ((t ^ (t >> 7)) * (61u | t))) ^ t;
    kept[i] = (t ^ (t >> 14)) < least ? 0 : by;
  }
  state = from + 0x6d2b79f5u * (uint32_t)n;
}

static void forward(const Line *line, int pushed) {
  int n = line->n;
  drop(keptP, n * INNER, DROPPED);
  drop(keptZ, n * JOINED, DROPPED);
  drop(keptQ, n * INNER, DROPPED);
  drop(keptX, n * WIDTH, INPUT_DROPPED);
  for (int i = 0; i < n; i++) {
    const Word *word = &words[line->words[i]];
    float *x = X + i * WIDTH, *letters = x + VECTOR + OWN;
    memcpy(x, word->vector, VECTOR * sizeof(float));
    // Now and then a word is hidden, so that its vector, its letters and its neighbours must do.
    if (chance() < WORD_DROPPED) memset(x + VECTOR, 0, OWN * sizeof(float));
    else memcpy(x + VECTOR, wordRows + line->words[i] * OWN, OWN * sizeof(float));
    memset(letters, 0, LETTERS * sizeof(float));
    for (int k = 0; k < word->letters; k++)
      for (int j = 0; j < LETTERS; j++) letters[j] += letterRows[word->ids[k] * LETTERS + j];
    for (int j = 0; j < LETTERS && word->letters; j++) letters[j] /= sqrtf(word->letters);
    memcpy(letters + LETTERS, line->sides + i * SIDES, SIDES * sizeof(float));
    for (int j = 0; j < WIDTH; j++) x[j] *= keptX[i * WIDTH + j];
    if (pushed)
      for (int j = 0; j < VECTOR + OWN + LETTERS; j++) x[j] += push[i * WIDTH + j];
    float *p = P + i * INNER;
    memcpy(p, inputBias->w, INNER * sizeof(float));
    times(input->w, x, p, INNER, WIDTH);
    for (int j = 0; j < INNER; j++) p[j] = bent(p[j]) * keptP[i * INNER + j];
  }
  for (int d = 0; d < 2; d++)
    for (int t = 0; t < n; t++) {
      int i = d ? n - 1 - t : t, from = d ? i + 1 : i - 1;
      float *g = gate[d] + i * GATES, *c = cell[d] + i * STATE, *h = hidden[d] + i * STATE;
      memcpy(g, gateBias[d]->w, GATES * sizeof(float));
      times(fromInput[d]->w, P + i * INNER, g, GATES, INNER);
      if (t) times(fromState[d]->w, hidden[d] + from * STATE, g, GATES, STATE);
      for (int j = 0; j < 3 * STATE; j++) g[j] = squashed(g[j]);
      for (int j = 3 * STATE; j < GATES; j++) g[j] = bent(g[j]);
      for (int j = 0; j < STATE; j++) {
        c[j] = g[j] * g[3 * STATE + j] + (t ? g[STATE + j] * cell[d][from * STATE + j] : 0);
        h[j] = g[2 * STATE + j] * bent(c[j]);
      }
    }
  for (int i = 0; i < n; i++) {
    float *z = Z + i * JOINED, *q = Q + i * INNER, *e = score + i * LABELS;
    memcpy(z, hidden[0] + i * STATE, STATE * sizeof(float));
    memcpy(z + STATE, hidden[1] + i * STATE, STATE * sizeof(float));
    memcpy(z + 2 * STATE, P + i * INNER, INNER * sizeof(float));
    for (int j = 0; j < JOINED; j++) z[j] *= keptZ[i * JOINED + j];
    memcpy(q, innerBias->w, INNER * sizeof(float));
    times(inner->w, z, q, INNER, JOINED);
    for (int j = 0; j < INNER; j++) q[j] = bent(q[j]) * keptQ[i * INNER + j];
    memcpy(e, outerBias->w, LABELS * sizeof(float));
    times(outer->w, q, e, LABELS, INNER);
  }
}

// Label 0 is none, 1 + 2k begins kind k, 2 + 2k goes on with it.
static int mayFollow(int a, int b) { return b == 0 || b % 2 == 1 || a == b || a == b - 1; }

// Gradient of the negative log-likelihood by the scores into dE, by the transitions into follow->gradient.
static void field(const Line *line) {
  static float step[LABELS * LABELS];
  int n = line->n;
  for (int a = 0; a < LABELS; a++)
    for (int b = 0; b < LABELS; b++) step[a * LABELS + b] = mayFollow(a, b) ? expf(follow->w[a * LABELS + b]) : 0;
  for (int i = 0; i < n; i++) {
    float *e = score + i * LABELS, *o = own + i * LABELS, *f = ahead + i * LABELS, most = -1e9;
    for (int y = 0; y < LABELS; y++) most = fmaxf(most, e[y]);
    for (int y = 0; y < LABELS; y++) o[y] = expf(e[y] - most), f[y] = i ? 0 : step[y];
    if (i) turnedTimes(step, f - LABELS, f, LABELS, LABELS);
    double sum = 0;
    for (int y = 0; y < LABELS; y++) f[y] *= o[y], sum += f[y];
    total[i] = sum;
    for (int y = 0; y < LABELS; y++) f[y] /= sum;
  }
  for (int y = 0; y < LABELS; y++) behind[(n - 1) * LABELS + y] = 1;
  for (int i = n - 2; i >= 0; i--) {
    float next[LABELS], *b = behind + i * LABELS;
    for (int y = 0; y < LABELS; y++) next[y] = own[(i + 1) * LABELS + y] * behind[(i + 1) * LABELS + y] / total[i + 1], b[y] = 0;
    times(step, next, b, LABELS, LABELS);
  }
  for (int i = 0; i < n; i++) {
    int before = i ? line->labels[i - 1] : 0, label = line->labels[i];
    for (int y = 0; y < LABELS; y++) dE[i * LABELS + y] = ahead[i * LABELS + y] * behind[i * LABELS + y] - (label == y);
    for (int a = 0; a < LABELS; a++) {
      float mass = i ? ahead[(i - 1) * LABELS + a] : a == 0;
      if (mass > 1e-9f)
        for (int y = 0; y < LABELS; y++)
          follow->gradient[a * LABELS + y] += mass * step[a * LABELS + y] * own[i * LABELS + y] * behind[i * LABELS + y] / total[i];
    }
    follow->gradient[before * LABELS + label] -= 1;
  }
}

// Derivative through tanh and the dropout behind it: v is the dropped value.
static void throughTanh(float *d, const float *v, const float *kept, float *bias, int n) {
  for (int j = 0; j < n; j++) {
    float plain = kept[j] == 0 ? 0 : v[j] / kept[j];
    d[j] *= kept[j] * (1 - plain * plain);
    bias[j] += d[j];
  }
}

// Rows of tables take their steps at once, by AdaGrad (Duchi et al. 2011): a line touches few of them.
static void nudge(int row, const float *restrict d, float weight, int size, float *restrict rows, float *restrict squares, float pace) {
  for (int j = 0; j < size; j++) {
    long at = (long)row * size + j;
    float g = d[j] * weight;
    squares[at] += g * g;
    rows[at] -= (float)TABLE_RATE * pace * g / (sqrtf(squares[at]) + 0.1f);
  }
}

static void backward(const Line *line, double pace) {
  int n = line->n;
  for (int i = 0; i < n; i++) {
    float *e = dE + i * LABELS, *q = dQ + i * INNER, *z = dZ + i * JOINED;
    for (int y = 0; y < LABELS; y++) outerBias->gradient[y] += e[y];
    memset(q, 0, INNER * sizeof(float));
    turnedTimes(outer->w, e, q, LABELS, INNER);
    throughTanh(q, Q + i * INNER, keptQ + i * INNER, innerBias->gradient, INNER);
    memset(z, 0, JOINED * sizeof(float));
    turnedTimes(inner->w, q, z, INNER, JOINED);
    for (int j = 0; j < JOINED; j++) z[j] *= keptZ[i * JOINED + j];
    memcpy(dP + i * INNER, z + 2 * STATE, INNER * sizeof(float));
  }
  addOuters(outer->gradient, dE, Q, n, LABELS, INNER);
  addOuters(inner->gradient, dQ, Z, n, INNER, JOINED);
  for (int d = 0; d < 2; d++) {
    float dh[STATE] = {0}, dc[STATE] = {0};
    for (int t = n - 1; t >= 0; t--) {
      int i = d ? n - 1 - t : t, from = d ? i + 1 : i - 1;
      float *dg = dG + i * GATES;
      const float *g = gate[d] + i * GATES, *c = cell[d] + i * STATE;
      for (int j = 0; j < STATE; j++) {
        float in = g[j], forget = g[STATE + j], out = g[2 * STATE + j], fresh = g[3 * STATE + j], shown = bent(c[j]);
        float h = dh[j] + dZ[i * JOINED + d * STATE + j], deep = dc[j] + h * out * (1 - shown * shown);
        dg[j] = deep * fresh * in * (1 - in);
        dg[STATE + j] = t ? deep * cell[d][from * STATE + j] * forget * (1 - forget) : 0;
        dg[2 * STATE + j] = h * shown * out * (1 - out);
        dg[3 * STATE + j] = deep * in * (1 - fresh * fresh);
        dc[j] = deep * forget;
        dh[j] = 0;
      }
      turnedTimes(fromInput[d]->w, dg, dP + i * INNER, GATES, INNER);
      for (int j = 0; j < GATES; j++) gateBias[d]->gradient[j] += dg[j];
      if (t > 0) turnedTimes(fromState[d]->w, dg, dh, GATES, STATE);
    }
    addOuters(fromInput[d]->gradient, dG, P, n, GATES, INNER);
    // Each word but the first, in the way of the memory, with the state of the one before it.
    addOuters(fromState[d]->gradient, dG + (d ? 0 : GATES), hidden[d] + (d ? STATE : 0), n - 1, GATES, STATE);
  }
  for (int i = 0; i < n; i++) {
    throughTanh(dP + i * INNER, P + i * INNER, keptP + i * INNER, inputBias->gradient, INNER);
    memset(dX, 0, sizeof dX);
    turnedTimes(input->w, dP + i * INNER, dX, INNER, WIDTH);
    memcpy(push + i * WIDTH, dX, sizeof dX);
    for (int j = 0; j < WIDTH; j++) dX[j] *= keptX[i * WIDTH + j];
    const Word *word = &words[line->words[i]];
    nudge(line->words[i], dX + VECTOR, 1, OWN, wordRows, wordSquares, pace);
    for (int k = 0; k < word->letters; k++)
      nudge(word->ids[k], dX + VECTOR + OWN, 1 / sqrtf(word->letters), LETTERS, letterRows, letterSquares, pace);
  }
  addOuters(input->gradient, dP, X, n, INNER, WIDTH);
}

// Turns the gradient by the input into what is added to it, as long for each word on average as PUSH says.
static void aim(int n) {
  double squares = 1e-12;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < VECTOR + OWN + LETTERS; j++) squares += push[i * WIDTH + j] * push[i * WIDTH + j];
  float by = PUSH * sqrt(n / squares);
  for (int i = 0; i < n * WIDTH; i++) push[i] *= by;
}

static void step(long at, long steps, double pace) {
  double norm = 0, one = 1 - pow(0.9, at), two = 1 - pow(0.999, at);
  for (int k = 0; k < partCount; k++)
    for (int j = 0; j < parts[k].rows * parts[k].columns; j++) norm += parts[k].gradient[j] * parts[k].gradient[j];
  norm = sqrt(norm) / BATCH;
  float cut = (norm > 5 ? 5 / norm : 1) / BATCH, rate = RATE * pace * fmin(1, at / 300.0);
  static long means;
  if (at > 0.4 * steps) means++;
  for (int k = 0; k < partCount; k++) {
    Part *p = &parts[k];
    float shrink = p->rows > 1 ? rate * DECAY : 0, share = means == 1 ? 1 : means ? 0.003f : 0;
    for (int j = 0; j < p->rows * p->columns; j++) {
      float g = p->gradient[j] * cut;
      p->first[j] = 0.9f * p->first[j] + 0.1f * g;
      p->second[j] = 0.999f * p->second[j] + 0.001f * g * g;
      p->w[j] -= rate * p->first[j] / (float)one / (sqrtf(p->second[j] / (float)two) + 1e-8f) + shrink * p->w[j];
      p->mean[j] += share * (p->w[j] - p->mean[j]);
      p->gradient[j] = 0;
    }
  }
}

static void read(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  fseek(file, 0, SEEK_END);
  long size = ftell(file) / sizeof(int32_t);
  rewind(file);
  int32_t *all = malloc(size * sizeof(int32_t)), *at = all;
  if (fread(all, sizeof(int32_t), size, file) != (size_t)size) exit(2);
  fclose(file);
  wordCount = *at++;
  lineCount = *at++;
  words = calloc(wordCount, sizeof(Word));
  lines = calloc(lineCount, sizeof(Line));
  for (int i = 0; i < wordCount; i++) {
    words[i].vector = zeros(VECTOR);
    for (int j = 0; j < VECTOR_SIZE; j++) words[i].vector[j] = STEP * *at++;
    words[i].vector[VECTOR_SIZE] = *at++;
    words[i].letters = *at++;
    words[i].ids = at;
    at += words[i].letters;
  }
  for (int i = 0; i < lineCount; i++) {
    Line *line = &lines[i];
    line->n = *at++;
    line->words = at;
    line->labels = at + line->n;
    at += 2 * line->n;
    line->sides = zeros(line->n * SIDES);
    for (int j = 0; j < line->n * SIDES; j++) line->sides[j] = *at++ / 3.0f;
  }
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  read(arguments[1]);
  state = 7919u * atoi(arguments[3]);
  wordRows = zeros((long)wordCount * OWN);
  wordSquares = zeros((long)wordCount * OWN);
  letterRows = zeros((long)BUCKETS * LETTERS);
  letterSquares = zeros((long)BUCKETS * LETTERS);
  for (long i = 0; i < (long)BUCKETS * LETTERS; i++) letterRows[i] = 0.05 * normal();
  input = part(INNER, WIDTH, 1 / sqrt(WIDTH));
  inputBias = part(1, INNER, 0);
  for (int d = 0; d < 2; d++) {
    fromInput[d] = part(GATES, INNER, 1 / sqrt(INNER));
    fromState[d] = part(GATES, STATE, 1 / sqrt(STATE));
    gateBias[d] = part(1, GATES, 0);
    for (int j = 0; j < STATE; j++) gateBias[d]->w[STATE + j] = 1;
  }
  inner = part(INNER, JOINED, 1 / sqrt(JOINED));
  innerBias = part(1, INNER, 0);
  outer = part(LABELS, INNER, 1 / sqrt(INNER));
  outerBias = part(1, LABELS, 0);
  follow = part(LABELS, LABELS, 0);
  int *order = malloc(lineCount * sizeof(int)), n = 0;
  for (int i = 0; i < lineCount; i++)
    if (lines[i].n > 0 && lines[i].n <= LONGEST) order[n++] = i;
  long at = 0, steps = (long)EPOCHS * (n / BATCH);
  double pace = 1;
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    for (int i = n - 1; i > 0; i--) {
      int j = chance() * (i + 1), kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    for (int i = 0; i < n; i++) {
      const Line *line = &lines[order[i]];
      for (int pushed = 0; pushed < 2; pushed++) {
        if (pushed) aim(line->n);
        forward(line, pushed);
        field(line);
        backward(line, pace);
      }
      if (i % BATCH != BATCH - 1) continue;
      pace = fmax(0.02, 1 - (double)++at / steps);
      step(at, steps, pace);
    }
  }
  FILE *file = fopen(arguments[2], "wb");
  if (!file) return 2;
  for (int k = 0; k < partCount; k++) fwrite(parts[k].mean, sizeof(float), parts[k].rows * parts[k].columns, file);
  fwrite(letterRows, sizeof(float), (long)BUCKETS * LETTERS, file);
  fwrite(wordRows, sizeof(float), (long)wordCount * OWN, file);
  return fclose(file) == 0 ? 0 : 2;
}
