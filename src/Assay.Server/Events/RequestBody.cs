using System.Buffers;
using System.Net.Mime;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Events;

/// <summary>Reads a batch's body once, into a rented buffer, and takes it apart.</summary>
internal static class RequestBody
{
    public const int MostBytes = 8 * 1024 * 1024;

    public const string NdJson = "application/x-ndjson";
    private const int FirstRent = 64 * 1024;

    public static async Task<(ItemBody? Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, ItemShape shape, CancellationToken cancellation)
    {
        var (isLines, refused) = Format(request);
        if (refused is not null) return (null, refused);
        if (request.ContentLength > MostBytes) return (null, await RefuseAsync(request, 0, cancellation));
        AllowDraining(request);

        // One byte more than fits, so that a body of unknown length shows that it is too long.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstRent) + 1);
        try
        {
            var length = 0;
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellation);
                if (read == 0) break;
                length += read;
                if (length > MostBytes) return (null, await RefuseAsync(request, length, cancellation));
                if (length == buffer.Length) buffer = Grow(buffer);
            }

            var bytes = buffer.AsSpan(0, length);
            return isLines ? ItemBody.ReadLines(bytes, shape) : ItemBody.ReadJson(bytes, shape);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Answers a body that is too long, after reading past it: a client that is still writing when the connection closes never sees the answer.</summary>
    private static async Task<ProblemHttpResult> RefuseAsync(HttpRequest request, long read, CancellationToken cancellation)
    {
        AllowDraining(request);

        // Who asks first (Expect: 100-continue) is told before writing anything.
        if (request.Headers.Expect.Count == 0 && !(request.ContentLength > ServerBuilder.LargestBody))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(FirstRent);
            try
            {
                for (var more = 1; more > 0 && read < ServerBuilder.LargestBody; read += more) more = await request.Body.ReadAsync(buffer, cancellation);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "Body too large", "A batch has at most 8 MiB; nothing was stored.");
    }

    /// <summary>Lifts the server's own limit, which would cut the connection, above the one that is answered here.</summary>
    private static void AllowDraining(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = ServerBuilder.LargestBody + FirstRent;
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static (bool IsLines, ProblemHttpResult? Refused) Format(HttpRequest request)
    {
        if (BodyFormat.RefuseEncoding(request) is { } encoded) return (false, encoded);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !BodyFormat.IsUtf8(type)) return (false, NotRead());
        if (type.MediaType.Equals(NdJson, StringComparison.OrdinalIgnoreCase)) return (true, null);
        return type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) ? (false, null) : (false, NotRead());
    }

    private static ProblemHttpResult NotRead() => BodyFormat.NotRead("A batch is application/json or application/x-ndjson, in UTF-8.");
}
