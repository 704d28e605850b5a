"""Which role is let in to the pages of an action plan, at which stage of its review. Signs: `tests.review_access`."""

from reviews.models import Stage

NOT_RATED_YET = """
    action_plan        ----- 0    ----- 0
    start_action_plan  ----- 0    ----- 0
    add_goal           ----- 0    ----- 0
    edit_goal          ----- 0    ----- 0
    move_goal          ----- 0    ----- 0
    close_goal         ----- 0    ----- 0
    reopen_goal        ----- 0    ----- 0
    note_progress      ----- 0    ----- 0
    carry_on_goal      ----- 0    ----- 0
    goals_before       ----- 0    ----- 0
    read_goal_back     ----- 0    ----- 0
    action_plan_pdf    ----- 0    ----- 0
    action_plan_xlsx   ----- 0    ----- 0
    action_plan_csv    ----- 0    ----- 0
"""
OF_ACTION_PLANS = {
    Stage.PLANNED: NOT_RATED_YET,
    Stage.RATING: NOT_RATED_YET,
    Stage.CONSENSUS: """
    action_plan        ----- 0    ----- 0
    start_action_plan  ----- 0    ----- 0
    add_goal           ----- 0    ----- 0
    edit_goal          ----- 0    ----- 0
    move_goal          ----- 0    ----- 0
    close_goal         ----- 0    ----- 0
    reopen_goal        ----- 0    ----- 0
    note_progress      ----- 0    ----- 0
    carry_on_goal      ----- 0    ----- 0
    goals_before       22--- 0    55--- 0
    read_goal_back     55--- 0    00--- 0
    action_plan_pdf    ----- 0    ----- 0
    action_plan_xlsx   ----- 0    ----- 0
    action_plan_csv    ----- 0    ----- 0
""",
    Stage.DRAFT: """
    action_plan        ----- 0    ----- 0
    start_action_plan  ----- 0    ----- 0
    add_goal           ----- 0    ----- 0
    edit_goal          ----- 0    ----- 0
    move_goal          ----- 0    ----- 0
    close_goal         ----- 0    ----- 0
    reopen_goal        ----- 0    ----- 0
    note_progress      ----- 0    ----- 0
    carry_on_goal      ----- 0    ----- 0
    goals_before       22--- 0    55--- 0
    read_goal_back     55--- 0    00--- 0
    action_plan_pdf    ----- 0    ----- 0
    action_plan_xlsx   ----- 0    ----- 0
    action_plan_csv    ----- 0    ----- 0
""",
    Stage.WITH_SERVICE: """
    action_plan        ----- 0    ----- 0
    start_action_plan  ----- 0    ----- 0
    add_goal           ----- 0    ----- 0
    edit_goal          ----- 0    ----- 0
    move_goal          ----- 0    ----- 0
    close_goal         ----- 0    ----- 0
    reopen_goal        ----- 0    ----- 0
    note_progress      ----- 0    ----- 0
    carry_on_goal      ----- 0    ----- 0
    goals_before       22--- 0    55--- 0
    read_goal_back     ----- 0    ----- 0
    action_plan_pdf    ----- 0    ----- 0
    action_plan_xlsx   ----- 0    ----- 0
    action_plan_csv    ----- 0    ----- 0
""",
    Stage.ISSUED: """
    action_plan        22--2 2    55--5 5
    start_action_plan  ----5 -    ----3 -
    add_goal           ----2 -    ----4 -
    edit_goal          ----2 -    ----4 -
    move_goal          ----5 -    ----3 -
    close_goal         ----2 -    ----4 -
    reopen_goal        ----5 -    ----3 -
    note_progress      5---5 -    4---4 -
    carry_on_goal      ----5 -    ----0 -
    goals_before       22--- -    55--- -
    read_goal_back     ----- -    ----- -
    action_plan_pdf    22--2 2    55--5 5
    action_plan_xlsx   22--2 2    55--5 5
    action_plan_csv    22--2 2    55--5 5
""",
}
