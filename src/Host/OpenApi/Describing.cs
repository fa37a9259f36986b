namespace AkkaComfy.Host.OpenApi;

/// <summary>Says of an endpoint what the document tells of it.</summary>
internal static class Describing
{
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, OperationText text)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(text);
            foreach (var answer in text.Answered.Where(answer => answer.Type is not null).DistinctBy(answer => answer.Status))
            {
                builder.Metadata.Add(Produces(answer.Status, answer.Type!, answer.MediaType));
            }

            foreach (var status in text.Problems.Select(problem => problem.Meaning.Status).Distinct())
            {
                builder.Metadata.Add(Produces(status, typeof(ProblemBody), MediaTypes.Problem));
            }
        });
        return endpoint;
    }

    private static ProducesResponseTypeMetadata Produces(int status, Type type, string mediaType) =>
        new(status, type, [mediaType]);
}
