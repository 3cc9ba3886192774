namespace Assay.Server.Hosting;

/// <summary>From an address, a method and a query to a route.</summary>
internal static class Routing
{
    public static void UseRoutes(this IApplicationBuilder app)
    {
        app.Use(Methods.AnswerAsync);
        app.UseRouting();
        app.Use(QueryCheck.RunAsync);
    }
}
