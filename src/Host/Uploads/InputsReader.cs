using System.Security.Cryptography;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Uploads;

/// <summary>Turns an upload into a workflow's inputs, or into one problem that names every field at fault.</summary>
internal static class InputsReader
{
    public static Try<Inputs> Read(Workflow workflow, Upload upload)
    {
        var read = workflow.ReadInputs(upload.Fields, upload.Images, RandomSeed);
        var wrong = upload.Errors.Concat(read.Errors.Where(error => !upload.IsRefused(error.Key)).SelectMany(
            error => error.Value.Select(message => KeyValuePair.Create(error.Key, message))));
        return WhatIsWrong(wrong, upload.ErrorCode) is { } problem ? problem : read.Inputs!;
    }

    /// <returns>Null for an upload that could be read.</returns>
    public static Problem? WhatIsWrong(Upload upload) => WhatIsWrong(upload.Errors, upload.ErrorCode);

    private static Problem? WhatIsWrong(IEnumerable<KeyValuePair<string, string>> errors, string code)
    {
        var wrong = errors.Select(error => (error.Key, error.Value)).ToList();
        return wrong.Count > 0 ? Problem.Fields(code, wrong) : null;
    }

    private static ulong RandomSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
