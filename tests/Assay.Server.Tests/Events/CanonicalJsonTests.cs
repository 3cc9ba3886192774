using System.Globalization;
using System.Text.Json;
using Assay.Server.Events;
using CsCheck;

namespace Assay.Server.Tests.Events;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1.0, "a" : [ true , null, "x" ] }""", """{"a":[true,null,"x"],"b":1}""")]
    [InlineData("""{"a":"\u00e9\/"}""", """{"a":"é/"}""")]
    [InlineData("""{"\u0061":1}""", """{"a":1}""")]
    [InlineData("[1.50,15e-1,0.15E+1]", "[1.5,1.5,1.5]")]
    [InlineData("[-0,0.000,0e99999999999]", "[0,0,0]")]
    [InlineData("[100,1e2,1E+2,1000e-1]", "[100,100,100,100]")]
    [InlineData("[1e21,1e20,1234e19]", "[1e21,100000000000000000000,1.234e22]")]
    [InlineData("[0.000001,0.0000012,-1.2e-7]", "[0.000001,0.0000012,-1.2e-7]")]
    [InlineData("[12345678901234567890,12345678901234567891]", "[12345678901234567890,12345678901234567891]")]
    public void Equal_content_has_one_text(string written, string canonical)
    {
        Assert.Equal(canonical, CanonicalJson.Of(JsonElement.Parse(written), out var reason));
        Assert.Null(reason);
    }

    [Fact]
    public void A_number_keeps_its_value_and_its_text_is_a_fixed_point() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var text = Canonical(value.ToString("R", CultureInfo.InvariantCulture));
            return double.Parse(text, CultureInfo.InvariantCulture) == value && string.Equals(Canonical(text), text, StringComparison.Ordinal) && Canonical(value.ToString("E16", CultureInfo.InvariantCulture)) is var other
                && double.Parse(other, CultureInfo.InvariantCulture) == value;
        });

    [Fact]
    public void Nesting_has_an_end()
    {
        var deep = new string('[', CanonicalJson.MaxDepth + 2) + new string(']', CanonicalJson.MaxDepth + 2);
        Assert.Null(CanonicalJson.Of(JsonElement.Parse(deep), out var reason));
        Assert.NotNull(reason);
        Assert.NotNull(CanonicalJson.Of(JsonElement.Parse(deep[1..^1]), out _));
    }

    private static string Canonical(string number) => CanonicalJson.Of(JsonElement.Parse(number), out _)!;
}
