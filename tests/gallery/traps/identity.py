"""Who an enterprise is: codes mistyped or of old, names instead of codes."""

import pandas as pd
from trap import Trap, project

#: A published code; the register gives it to an invented firm.
CODE, OTHER = "91330100799655058B", "914403001922038216"
#: The organisation code inside CODE.
OLD = "799655058"
REGISTER = pd.DataFrame(
    {
        "enterprise_id": [CODE, OTHER],
        "name": ["示例华新机械有限公司", "示例昌建电气有限公司"],
        "former_names": ["示例老厂机械有限公司", None],
    }
)


def _returns(code, name):
    rows = {"enterprise_id": ["H1", code], "name": [None, name], "tax": [100.0, 20.0], "year": 2024}
    columns = {"tax": {"to": "item:tax_paid", "unit": "万元"}}
    return lambda folder: project(
        enterprises={"data": REGISTER}, returns={"data": pd.DataFrame(rows), "columns": columns}
    )


TRAPS = [
    Trap(
        "code_repaired",
        "统一社会信用代码中 0 写成字母 O，改正后两级校验位都符合：按改正后的代码读取并提示",
        "O for 0 in a credit code; with 0 both check digits are right: read so, and told",
        _returns("9133O100799655058B", None),
        {
            "value": "9133O100799655058B",
            "decision": f"read as {CODE}; the only reading whose check digits are right",
            "fix": f"write {CODE}",
        },
    ),
    Trap(
        "old_code_matched",
        "仍用 9 位组织机构代码，名录中只有一家的代码含它：对应该企业并提示",
        "A 9-digit organisation code that one code of the register holds: taken for it, and told",
        _returns(OLD, None),
        {
            "value": OLD,
            "decision": f"taken for {CODE}, the one code that holds its organisation code",
            "fix": f"write {CODE}",
        },
    ),
    Trap(
        "name_matched",
        "没有代码，名称（有限责任公司与有限公司视为同一）在名录中只有一家：对应并提示",
        "No code, and a name that one firm of the register alone has, but for the legal form: matched, told",
        _returns(None, "示例华新机械有限责任公司"),
        {"table": "returns", "column": "name", "value": "1 rows, 1 keys", "n": 1},
    ),
    Trap(
        "name_ambiguous",
        "没有代码，名称与“华新”差一字（华兴）：是另一家，不自动对应，留待人工核对",
        "No code, and a brand one character off (华兴, 华新): another firm until a person says otherwise",
        _returns(None, "示例华兴机械有限公司"),
        {
            "value": "示例华兴机械有限公司",
            "decision": "left open: a person has to say which enterprise it is",
        },
    ),
    Trap(
        "name_ambiguous",
        "没有代码，是名录中企业的分公司：分公司不等于总公司，留待人工核对",
        "No code, and a 分公司 of a firm of the register: it is not its parent; a person has to say",
        _returns(None, "示例华新机械有限公司第二分公司"),
        {"value": "示例华新机械有限公司第二分公司"},
    ),
    Trap(
        "name_contradicts_code",
        "代码旁的名称与名录全不相同：以代码为准并提示",
        "The name beside a code is altogether another than the register's: the code counts, and it is told",
        _returns(CODE, "示例昌建电气有限公司"),
        {
            "value": "示例昌建电气有限公司",
            "decision": "the code counts; the register has it for 示例华新机械有限公司",
        },
    ),
]
