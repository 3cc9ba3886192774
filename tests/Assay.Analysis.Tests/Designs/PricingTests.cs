using Assay.Analysis.Designs;

namespace Assay.Analysis.Tests.Designs;

public sealed class PricingTests
{
    [Fact]
    public void The_contracts_example_is_priced_as_the_contract_says() =>
        Assert.Equal(146642, Pricing.Price(Documents.Design(Documents.Contract)).PlannedSampleSizePerVariant);
}
