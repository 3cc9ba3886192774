using System.Globalization;
using System.Runtime.CompilerServices;

namespace Assay.Tests;

/// <summary>Tests read what the server tells outside of a page, whatever the machine that runs them speaks.</summary>
internal static class EnglishByDefault
{
#pragma warning disable CA2255 // A test assembly is an application, and this has to be before any test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Speak() =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en");
}
