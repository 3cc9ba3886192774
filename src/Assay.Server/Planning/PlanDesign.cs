using Assay.Analysis.Designs;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Planning;

/// <summary><c>POST /plan</c>: what a design would cost. It is read as if it were to be kept, and nothing is stored.</summary>
internal static class PlanDesign
{
    public static async Task<Results<Ok<DesignQuote>, ProblemHttpResult>> Handle(HttpRequest request)
    {
        var (body, malformed) = await JsonBody.ReadAsync(request);
        if (malformed is not null) return malformed;
        var reading = DesignReader.Read(body);
        return reading.Design is { } design ? TypedResults.Ok(DesignQuote.Of(design)) : Problems.InvalidDesign(reading.Errors);
    }
}
