using System.Buffers;
using System.Net.Mime;
using System.Numerics;
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

    public static async Task<(ItemBody? Body, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, ItemShape shape, ExpansionBudget expansion, CancellationToken cancellation)
    {
        var (format, refused) = Format(request);
        if (refused is not null) return (null, refused);
        if (request.ContentLength > MostBytes) return (null, await RefuseAsync(request, 0, cancellation));
        AllowDraining(request);

        // One byte more than fits, so that a body of unknown length shows that it is too long.
        using var body = new RentedBytes((int)(request.ContentLength ?? FirstRent) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(body.Free, cancellation);
            if (read == 0) break;
            body.Advance(read);
            if (body.Length > MostBytes) return (null, await RefuseAsync(request, body.Length, cancellation));
        }

        return format.IsGzip ? Expand(request.HttpContext, body, expansion, format.IsLines, shape) : Read(body, format.IsLines, shape);
    }

    private static (ItemBody? Body, ProblemHttpResult? Problem) Expand(HttpContext context, RentedBytes body, ExpansionBudget expansion, bool isLines, ItemShape shape)
    {
        using var share = expansion.Open();

        // A power of two is what is rented, exactly.
        var first = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstRent, 2 * body.Length));
        if (!share.TryTake(first)) return (null, NoRoom(context));
        using var expanded = new RentedBytes(first);
        return GzipBody.Expand(body, expanded, share) switch
        {
            Expansion.Whole => Read(expanded, isLines, shape),
            Expansion.NoRoom => (null, NoRoom(context)),
            Expansion.TooLarge => (null, TooLarge("A batch expands to at most 64 MiB; nothing was stored.")),
            _ => (null, Problems.Of(StatusCodes.Status400BadRequest, "invalid_gzip", "Not gzip", "The body is not whole gzip and nothing else; nothing was stored.")),
        };
    }

    private static (ItemBody? Body, ProblemHttpResult? Problem) Read(RentedBytes body, bool isLines, ItemShape shape) =>
        isLines ? ItemBody.ReadLines(body.Written, shape) : ItemBody.ReadJson(body.Written, shape);

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

        return TooLarge("A batch has at most 8 MiB; nothing was stored.");
    }

    /// <summary>Lifts the server's own limit, which would cut the connection, above the one that is answered here.</summary>
    private static void AllowDraining(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = ServerBuilder.LargestBody + FirstRent;
    }

    private static ((bool IsLines, bool IsGzip) Format, ProblemHttpResult? Refused) Format(HttpRequest request)
    {
        var (isGzip, refused) = BodyFormat.ReadEncoding(request);
        if (refused is not null) return (default, refused);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !BodyFormat.IsUtf8(type)) return (default, NotRead());
        if (type.MediaType.Equals(NdJson, StringComparison.OrdinalIgnoreCase)) return ((true, isGzip), null);
        return type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) ? ((false, isGzip), null) : (default, NotRead());
    }

    private static ProblemHttpResult TooLarge(string detail) =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "Body too large", detail);

    private static ProblemHttpResult NoRoom(HttpContext context) => Unavailable.Overloaded(context, "More compressed bodies are being expanded than there is room for.");

    private static ProblemHttpResult NotRead() => BodyFormat.NotRead("A batch is application/json or application/x-ndjson, in UTF-8.");
}
