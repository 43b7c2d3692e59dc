/*
 * The one function of src/intake/bgzf/libdeflate.ts: a raw DEFLATE stream of known length into text of known length.
 * Built by scripts/making/inflate.ts, with libdeflate's own file included unchanged.
 */
#include "deflate_decompress.c"

static struct libdeflate_decompressor decompressor;

/* Declared by libdeflate; its allocating functions are not used and not linked. */
malloc_func_t libdeflate_default_malloc_func;
free_func_t libdeflate_default_free_func;

/* 0 when the stream is sound, uses every byte of `in` and makes exactly `text_size` bytes. */
__attribute__((export_name("inflate"))) int inflate(const u8 *in, u32 in_size, u8 *text, u32 text_size)
{
	size_t used;
	enum libdeflate_result result =
		libdeflate_deflate_decompress_ex(&decompressor, in, in_size, text, text_size, &used, NULL);

	return result == LIBDEFLATE_SUCCESS && used == in_size ? 0 : 1;
}
